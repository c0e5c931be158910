"""Runs the questions of a cookbook page and checks what the page says of their answers.

usage: cookbook.py PAGE INGEST_ADDRESS SEARCH_ADDRESS

On the page, from the first question on:
  ### N. ...                      a question
  four blanks, then text          a command of it, in the language of bash
  - `EXPRESSION`: `V`, `W`        what jq prints of the answer of that command, one value a line; `nothing` for no line
  - ends with `CODE`              the command fails, with this gRPC status
Every command needs at least one such line, so that nothing on the page goes unchecked. The two services stand on the
page with the addresses that they have by default.
"""

import dataclasses
import pathlib
import re
import subprocess
import sys

QUESTIONS = 20
SECONDS = 60  # for one command; every one on the page takes less than five


@dataclasses.dataclass
class Command:
    question: str
    text: str
    line: int
    values: list[tuple[str, list[str]]] = dataclasses.field(default_factory=list)
    status: str = ""


def read_page(page: str) -> tuple[list[str], list[Command]]:
    """The questions and the commands of a page. ValueError for a line that looks like a check and is none."""
    questions, commands, block = [], [], False
    for number, line in enumerate(page.splitlines(), start=1):
        if heading := re.match(r"### (\d+\. .*)", line):
            questions.append(heading[1])
        if not questions:
            continue
        if line.startswith("    "):
            if block:
                commands[-1].text += f"{line[4:]}\n"
            else:
                commands.append(Command(questions[-1], f"{line[4:]}\n", number))
        elif check := re.fullmatch(r"- `([^`]+)`: ((?:`[^`]+`(?:, )?)+)", line):
            values = re.findall(r"`([^`]+)`", check[2])
            commands[-1].values.append((check[1], [] if values == ["nothing"] else values))
        elif ending := re.match(r"- ends with `(\w+)`", line):
            commands[-1].status = ending[1]
        elif line.startswith("- `"):
            raise ValueError(f"line {number} can be no check: {line}")
        block = line.startswith("    ")
    return questions, commands


def run(command: Command, ingest: str, search: str) -> tuple[str, str]:
    """Standard output of the command, and the status that it ends with: "" for OK."""
    text = command.text.replace("127.0.0.1:7401", ingest).replace("127.0.0.1:7402", search)
    done = subprocess.run(
        ["bash", "-c", "set -euo pipefail\n" + text], capture_output=True, encoding="utf-8", timeout=SECONDS
    )
    if done.returncode == 0:
        return done.stdout, ""
    code = re.search(r"^ *Code: (\w+)", done.stderr, re.MULTILINE)
    return done.stdout, code[1] if code else f"exit code {done.returncode}: {done.stderr.strip()}"


def query(expression: str, answer: str) -> list[str]:
    done = subprocess.run(["jq", "-r", expression], input=answer, capture_output=True, encoding="utf-8", timeout=SECONDS)
    return [*done.stdout.splitlines(), *done.stderr.splitlines()]


def failures(command: Command, ingest: str, search: str) -> list[str]:
    """What the page says and the answer does not."""
    answer, status = run(command, ingest, search)
    wrong = []
    if status != command.status:
        wrong.append(f"ends with {status or 'OK'}; the page says {command.status or 'OK'}")
    if not command.values and not command.status:
        wrong.append("nothing on the page says what the answer holds")
    for expression, wanted in command.values:
        found = query(expression, answer)
        if found != wanted:
            wrong.append(f"{expression}\n    page:   {wanted}\n    answer: {found}")
    return wrong


def main(path: str, ingest: str, search: str) -> None:
    questions, commands = read_page(pathlib.Path(path).read_text(encoding="utf-8"))
    numbers = [int(question.split(".")[0]) for question in questions]
    failed = 0
    if numbers != list(range(1, QUESTIONS + 1)):
        failed += 1
        print(f"FAILED: the questions are {numbers}, not 1 to {QUESTIONS}")
    for command in commands:
        for wrong in failures(command, ingest, search):
            failed += 1
            print(f"FAILED: {command.question} (line {command.line})\n  {wrong}")
    if failed:
        sys.exit(f"{failed} things on the page are not so")
    print(f"ok: {len(questions)} questions, {len(commands)} commands, {sum(len(c.values) for c in commands)} checks")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
