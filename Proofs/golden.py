#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Turns a model and a discounted certificate of the program into Coq terms, exactly.

    golden.py NAME model.json certificate.json

A double is a dyadic rational n/2^m and is kept as it is. The rows of the model are the stored ones,
whose sums differ from 1 by rounding or by the probability of the end, while Cert.v wants
distributions. Let sigma be the greatest sum of a row's next states, 1 if that is less. The emitted
model has

    one more state, the last: it stays where it is, pays nothing, and is worth 0 in both bounds;
    the discount g sigma, which the checker must see below 1;
    the probabilities P / sigma, and on the last state what is then missing to 1.

Since (g sigma) (P / sigma) = g P and the last state is worth 0, every backup of the other states is
that of the stored numbers: nothing is changed, the defects are only accounted for. The Swift
checker speaks about the same stored rows.
"""
import json
import sys
from fractions import Fraction


def term(x):
    x = Fraction(x)
    return f"{x.numerator}#{x.denominator}" if x >= 0 else f"({x.numerator})#{x.denominator}"


def listing(items, indent):
    lines, line = [], ""
    for item in items:
        if line and len(line) + len(item) + indent > 92:
            lines.append(line)
            line = ""
        line += item + "; "
    lines.append(line)
    return "[ " + ("\n" + " " * indent).join(x.rstrip() for x in lines).rstrip(";") + " ]"


def main():
    name, model_path, certificate_path = sys.argv[1:]
    with open(model_path) as file:
        model = json.load(file)
    with open(certificate_path) as file:
        certificate = json.load(file)
    if certificate["criterion"] != "discounted":
        sys.exit("golden.py: only discounted certificates")
    states, actions = model["states"], model["actions"]
    choices = model["choices"]
    if [(c["state"], c["action"]) for c in choices] != [
        (s, a) for s in range(states) for a in range(actions)
    ]:
        sys.exit("golden.py: only models that offer every action in every state")
    rows = [{t: Fraction(p) for t, p in c["next"]} for c in choices]
    sigma = max([Fraction(1)] + [sum(row.values()) for row in rows])
    zero = Fraction(0)
    P, r, pi = [], [], []
    for row in rows:
        dense = [row.get(t, zero) / sigma for t in range(states)]
        P.append(dense + [1 - sum(dense)])
    stay = [zero] * states + [Fraction(1)]
    table = [P[s * actions : (s + 1) * actions] for s in range(states)] + [[stay] * actions]
    rewards = [
        [Fraction(c["reward"]) for c in choices[s * actions : (s + 1) * actions]]
        for s in range(states)
    ] + [[zero] * actions]
    (stage,) = certificate["stages"]
    # The policy names choices, which are numbered through all states.
    policy = [[Fraction(s * actions + a == k) for a in range(actions)]
              for s, k in enumerate(stage["choices"])]
    policy.append([Fraction(a == 0) for a in range(actions)])
    hi = [Fraction(x) for x in stage["upper"]] + [zero]
    lo = [Fraction(x) for x in stage["lower"]] + [zero]

    def vector(v, indent):
        return listing([term(x) for x in v], indent)

    print(f"(* {model['name']}, discount {certificate['discount']}: {states} states and the end,")
    print(f"   {actions} actions; method {certificate['method']}, gap {certificate['gap']};")
    print(f"   digest {certificate['digest']}; greatest row sum 1 + {float(sigma - 1):.3g} *)")
    discount = Fraction(certificate["discount"]) * sigma
    print(f"Definition m_{name} : model := Model ({term(discount)})")
    print("  [ " + ";\n    ".join(
        "[ " + ";\n      ".join(vector(row, 8) for row in block) + " ]" for block in table) + " ]")
    print("  [ " + ";\n    ".join(vector(row, 6) for row in rewards) + " ].")
    print(f"Definition c_{name} : cert := Cert")
    print("  [ " + ";\n    ".join(vector(row, 6) for row in policy) + " ]")
    print("  " + vector(hi, 4))
    print("  " + vector(lo, 4) + ".")
    print(f"Theorem {name}_certified : check m_{name} c_{name} {states + 1} {actions} = true.")
    print("Proof. by vm_compute. Qed.")
    print()


main()
