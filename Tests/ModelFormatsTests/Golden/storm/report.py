# SPDX-License-Identifier: Apache-2.0
"""Prints what Storm says of the models in this folder (stormpy 2.0.0).

    python3 report.py | grep -v ^WARN > report.txt

Storm has its own variant of PRISM's explicit files: the first line is "mdp", labels are declared
between #DECLARATION and #END, reward files have no line of counts and no comments. The .tra, .lab
and .trew files are rewritten so, line by line, before Storm reads them.
"""
import os
import tempfile

import stormpy
from stormpy import io

FOLDER = os.path.dirname(os.path.abspath(__file__))
SOURCES = os.path.join(FOLDER, "..", "prism")
PROPERTIES = {
    "checker": ['R{"cost"}min=? [F "goal"]', 'R{"time"}max=? [F "goal"]', 'Pmin=? [F<=3 "goal"]'],
    "frozenlake": ['R{D}max=? [C<=100]', 'Pmax=? [F<=40 "terminated"]'],
    "maze_2": ['R{D}min=? [F "goal"]', 'Pmax=? [F "goal"]'],
    "slipgrid": ['R{D}min=? [F "goal"]', 'Pmax=? [!"pickup" U "goal"]'],
    "two_dice": ['R{"coinflips"}min=? [F "done"]', 'Pmin=? [F "two"]'],
}


def storm_variant(base, number, folder):
    """Storm's variant of the files of one model, with the rewards of one structure."""
    tra = open(base + ".tra").read().splitlines()
    with open(os.path.join(folder, "m.tra"), "w") as f:
        f.write("\n".join(["mdp"] + tra[1:]) + "\n")
    lab = open(base + ".lab").read().splitlines()
    names = [x.split("=")[1].strip('"').replace(" ", "_") for x in lab[0].replace("two words", "two_words").split()]
    with open(os.path.join(folder, "m.lab"), "w") as f:
        f.write("#DECLARATION\n" + " ".join(names) + "\n#END\n")
        for line in lab[1:]:
            state, numbers = line.split(":")
            f.write(state + " " + " ".join(names[int(n)] for n in numbers.split()) + "\n")
    trew = [x for x in open(base + number + ".trew").read().splitlines() if not x.startswith("#")]
    with open(os.path.join(folder, "m.trew"), "w") as f:
        f.write("\n".join(trew[1:]) + "\n")
    return [os.path.join(folder, "m." + ending) for ending in ("tra", "lab", "trew")]


def load(path, number=""):
    if path.endswith(".umb"):
        options = io.UmbImportOptions()
        options.build_choice_labeling = True
        return stormpy.build_model_from_umb(path, options=options)
    if path.endswith(".drn"):
        options = io.DirectEncodingParserOptions()
        options.build_choice_labeling = True
        return stormpy.build_model_from_drn(path, options=options)
    with tempfile.TemporaryDirectory() as folder:
        tra, lab, trew = storm_variant(path[:-4], number, folder)
        return stormpy.build_model_from_explicit(tra, lab, transition_rewards=trew)


def value(model, text):
    """The value in the initial state."""
    formula = stormpy.parse_properties(text)[0]
    return stormpy.model_checking(model, formula).get_value(list(model.initial_states)[0])


def report(title, path):
    model = load(path, "1" if path.endswith("checker.tra") else "")
    print(title)
    print(f"  {model.nr_states} states, {model.nr_choices} choices, {model.nr_transitions} transitions")
    labels = sorted(model.labeling.get_labels())
    print("  labels:", ", ".join(f"{x} {model.labeling.get_states(x).get_number_of_set_bits()}" for x in labels))
    if model.has_choice_labeling():
        print("  actions:", " ".join(sorted(model.choice_labeling.get_labels())))
    print("  rewards:", " ".join(repr(x) for x in sorted(model.reward_models)))
    for text in PROPERTIES[os.path.basename(path).rsplit(".", 1)[0]]:
        if path.endswith(".tra"):
            if '"time"' in text:
                model = load(path, "2")
            shown, text = text, text.replace('{"cost"}', "").replace('{"time"}', "").replace('{"coinflips"}', "")
        else:
            shown = text
        names = sorted(model.reward_models)
        text = text.replace("{D}", '{"default"}' if "default" in names else "")
        print(f"  {shown.replace('{D}', '')} = {value(model, text):.15g}")


for name in sorted(PROPERTIES):
    source = os.path.join(SOURCES, name + ".umb")
    if os.path.exists(source):
        report(f"{name}.umb as Storm wrote it", source)
    for ending in ("umb", "drn", "tra"):
        report(f"{name}.{ending} as written here", os.path.join(FOLDER, f"{name}.{ending}"))
