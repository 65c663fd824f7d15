"""The prompts of localopinions' templates (src/Surveys/TemplateWordings.cs, ending " ("), written a second time.

compare_llama_cpp.py proves that they are the same: the wording by its hash, each prompt by its number of tokens.
"""
import ast
import csv
import hashlib
from dataclasses import dataclass

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
HEAD = "Human: {question}\n\nHere are the options:\n"
LINE = "({label}) {option}\n"
TAIL = "\nAssistant: If had to select one of the options, my answer would be ("
NAMING_TAIL = "\nAssistant: Of these options, the one that someone from {country} would select is ("
# As --country takes them; in a sentence one has an article.
COUNTRIES = ["United States", "Brazil", "Germany", "Russia", "Turkey", "Nigeria", "China", "Japan"]
ARTICLE = {"United States"}


@dataclass(frozen=True)
class Prompt:
    """One prompt. options[i] is the 0-based place in the survey of the option that stands at labels[i]; country is empty where none is named."""
    row: int
    text: str
    labels: str
    options: tuple
    country: str = ""


def questions(path, limit):
    """The survey's first questions that can be asked: (row, question, options)."""
    csv.field_size_limit(1 << 30)
    asked = []
    with open(path, newline="", encoding="utf-8-sig") as file:
        for row, cells in enumerate(csv.DictReader(file)):
            if row == limit:
                break
            options = [option_text(item) for item in ast.literal_eval(cells["options"])]
            if 2 <= len(options) <= len(LETTERS):
                asked.append((row, cells["question"], options))
    return asked


def option_text(item):
    """Numbers without a needless .0, as localopinions writes them."""
    return str(int(item)) if isinstance(item, float) and item.is_integer() else str(item)


def in_survey_order(asked):
    """One group with one prompt for each question."""
    return [[build(row, text, options, range(len(options)))] for row, text, options in asked]


def in_cyclic_orders(asked):
    """One group for each question of K options: K prompts, in which every option stands at every label once."""
    return [[build(row, text, options, rotation(len(options), by)) for by in range(len(options))] for row, text, options in asked]


def in_countries(asked):
    """One group for each question: a prompt for each country, named in the last words."""
    return [[build(row, text, options, range(len(options)), country) for country in COUNTRIES] for row, text, options in asked]


def tail(country):
    return NAMING_TAIL.replace("{country}", "the " + country if country in ARTICLE else country) if country else TAIL


def sha256(country):
    """The hash by which localopinions knows the wording."""
    return hashlib.sha256((HEAD + LINE + tail(country)).encode()).hexdigest()


def rotation(count, by):
    return [(i + by) % count for i in range(count)]


def build(row, question, options, order, country=""):
    labels = LETTERS[:len(options)]
    # The label first: a letter brings no placeholder with it, an option's text might.
    lines = (LINE.replace("{label}", label).replace("{option}", options[i]) for label, i in zip(labels, order))
    text = HEAD.replace("{question}", question) + "".join(lines) + tail(country)
    return Prompt(row, text, labels, tuple(order), country)
