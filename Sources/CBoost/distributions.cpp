// SPDX-License-Identifier: Apache-2.0
// All of Boost is in this one file: it takes some seconds to compile. An exception that reached Swift
// would end the process, so errors are turned into NaN twice: by the policy and by `guard`. An assertion
// of Boost would end it too: it becomes an exception.
#define BOOST_ENABLE_ASSERT_HANDLER
#include "CBoost.h"

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <limits>
#include <stdexcept>

namespace boost {
void assertion_failed(const char *expression, const char *, const char *, long) {
  throw std::logic_error(expression);
}
void assertion_failed_msg(
    const char *expression, const char *, const char *, const char *, long) {
  throw std::logic_error(expression);
}
}  // namespace boost

namespace {

namespace bm = boost::math;
namespace pol = boost::math::policies;

using Policy =
    pol::policy<pol::domain_error<pol::ignore_error>, pol::pole_error<pol::ignore_error>,
                pol::overflow_error<pol::ignore_error>, pol::underflow_error<pol::ignore_error>,
                pol::denorm_error<pol::ignore_error>, pol::evaluation_error<pol::ignore_error>,
                pol::rounding_error<pol::ignore_error>,
                pol::indeterminate_result_error<pol::ignore_error>, pol::promote_double<false>>;
using Normal = bm::normal_distribution<double, Policy>;
using StudentT = bm::students_t_distribution<double, Policy>;
using ChiSquare = bm::chi_squared_distribution<double, Policy>;

template <class F>
double guard(F f) noexcept {
  try {
    return f();
  } catch (...) {
    return std::numeric_limits<double>::quiet_NaN();
  }
}

// Beyond these shapes the searches of the quantiles can go on for ever; NaN fails both comparisons.
bool searchable(double a, double b) {
  return a >= 1e-12 && a <= 1e16 && b >= 1e-12 && b <= 1e16;
}

}  // namespace

double cboost_beta_cdf(double a, double b, double x) {
  return guard([=] { return bm::ibeta(a, b, x, Policy()); });
}
double cboost_beta_quantile(double a, double b, double p) {
  if (!searchable(a, b)) return std::numeric_limits<double>::quiet_NaN();
  return guard([=] { return bm::ibeta_inv(a, b, p, Policy()); });
}
double cboost_beta_upper_quantile(double a, double b, double q) {
  if (!searchable(a, b)) return std::numeric_limits<double>::quiet_NaN();
  return guard([=] { return bm::ibetac_inv(a, b, q, Policy()); });
}
double cboost_normal_cdf(double x) {
  return guard([=] { return bm::cdf(Normal(), x); });
}
double cboost_normal_quantile(double p) {
  return guard([=] { return bm::quantile(Normal(), p); });
}
double cboost_student_t_cdf(double degrees, double x) {
  return guard([=] { return bm::cdf(StudentT(degrees), x); });
}
double cboost_student_t_quantile(double degrees, double p) {
  return guard([=] { return bm::quantile(StudentT(degrees), p); });
}
double cboost_chi_square_cdf(double degrees, double x) {
  return guard([=] { return bm::cdf(ChiSquare(degrees), x); });
}
double cboost_chi_square_quantile(double degrees, double p) {
  return guard([=] { return bm::quantile(ChiSquare(degrees), p); });
}
