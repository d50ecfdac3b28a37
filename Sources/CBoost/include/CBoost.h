// SPDX-License-Identifier: Apache-2.0
#ifndef PROVABLY_CBOOST_H
#define PROVABLY_CBOOST_H

// Distribution functions and quantiles of Boost.Math. Every function gives NaN where its parameters
// have no meaning, and none throws; the Swift side checks the parameters before. The quantiles of the beta
// distribution are searched for shapes in [1e-12, 1e16] and are NaN for others.

#ifdef __cplusplus
extern "C" {
#endif

double cboost_beta_cdf(double a, double b, double x);
double cboost_beta_quantile(double a, double b, double p);
// The number above which the variable lies with probability q.
double cboost_beta_upper_quantile(double a, double b, double q);
double cboost_normal_cdf(double x);
double cboost_normal_quantile(double p);
double cboost_student_t_cdf(double degrees, double x);
double cboost_student_t_quantile(double degrees, double p);
double cboost_chi_square_cdf(double degrees, double x);
double cboost_chi_square_quantile(double degrees, double p);

#ifdef __cplusplus
}
#endif

#endif
