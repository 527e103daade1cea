"""Instances to solve: those of the repository, and made-up ones, the same from the same seed everywhere."""
import random
from pathlib import Path

from suite import programs

REPOSITORY = Path(__file__).resolve().parent.parent.parent / "instances"
# Works of a made-up network; the seed is 7. A period of L and XL is too large to be solved exactly.
SIZES = {"S": 200, "M": 1000, "L": 5000, "XL": 20000}
SEED = 7


def project(jobs, seed):
    """A project in Patterson's form: four gangs that are short, works that wait for one or two others a little before
    them. Not solved to the end in minutes."""
    generator = random.Random(seed)
    draw = generator.randint
    rows = [f"{jobs} 4", "20 20 20 20"]
    for job in range(1, jobs + 1):
        after = sorted({min(jobs, job + draw(1, 25)) for _ in range(draw(1, 2))}) if job < jobs else []
        real = 1 < job < jobs
        amounts = [draw(1, 10) if real and draw(0, 3) else 0 for _ in range(4)]
        rows.append(" ".join(map(str, [draw(1, 10) if real else 0, *amounts, len(after), *after])))
    return "\n".join(rows) + "\n"


class Store:
    """Makes instances in a folder when they are asked for, once."""

    def __init__(self, folder, build):
        self.folder, self.build = Path(folder), build

    def path(self, name):
        """"kazakhstan-2030", "network-M", "network-12345" (works), "project-60" (jobs)."""
        kind, _, size = name.partition("-")
        if (REPOSITORY / name).is_dir():
            return REPOSITORY / name
        path = self.folder / f"{name}.{'rcp' if kind == 'project' else 'h5'}"
        if not path.exists():
            if kind == "project":
                path.write_text(project(int(size), SEED), encoding="utf-8")
            else:
                programs.succeed([self.build.solver, "generate", "-o", path, "--works", SIZES.get(size) or int(size),
                                  "--seed", SEED], self.folder)
        return path
