#!/usr/bin/env python3
"""Makes a smaller instance of a data package: a region of its network, fewer years, longer periods.

    bench/peers/cut.py instances/kazakhstan-2030 kz-west --weeks 13 --box 46 41 60 54

What comes out is an ordinary instance, not an approximation of anything: it is its own truth, and every solver gets the
same. Demands are kept if both their places are, works if their segment is; targets are scaled by the km that are still
offered, budgets and supplies by what the kept works need of what all needed. Durations and lags are rounded to the new
periods (a work lasts one at least), productivities are means; capacities of gangs stay, so that less can be done: ask for
less by --targets.
"""
import argparse
import csv
import json
import math
import shutil
from datetime import date, timedelta
from pathlib import Path

TABLES = ("node", "link", "segment", "demand", "demand_profile", "work", "mode", "resource", "capacity", "usage",
          "precedence", "calendar", "target")


class Package:
    """The tables of a folder, each a list of dictionaries, and its settings."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.json = json.loads((self.folder / "datapackage.json").read_text(encoding="utf-8"))
        self.settings = self.json["ganger"]
        self.start = date.fromisoformat(self.settings["start_date"])
        self.days = self.settings["period_days"]
        self.periods = self.settings["periods"]
        self.tables = {}
        for name in TABLES:
            path = self.folder / f"{name}.csv"
            if path.exists():
                with open(path, newline="", encoding="utf-8") as file:
                    self.tables[name] = list(csv.DictReader(file))

    def __getitem__(self, name):
        return self.tables.get(name, [])

    def keep(self, name, condition):
        if name in self.tables:
            self.tables[name] = [row for row in self.tables[name] if condition(row)]

    def period(self, text):
        """The period of a cell that is a date or a number."""
        if "-" in text.lstrip("-"):
            return (date.fromisoformat(text) - self.start).days // self.days
        return int(text)

    def write(self, folder):
        folder = Path(folder)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        kept = {name: rows for name, rows in self.tables.items() if rows}
        self.json["resources"] = [r for r in self.json["resources"] if Path(r["path"]).stem in kept]
        (folder / "datapackage.json").write_text(json.dumps(self.json, indent=2, ensure_ascii=False) + "\n",
                                                 encoding="utf-8")
        for name, rows in kept.items():
            with open(folder / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
                writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)


def number(cell, absent=0.0):
    return float(cell) if cell else absent


def cut_region(package, box):
    west, south, east, north = box
    nodes = {row["node_id"] for row in package["node"]
             if west <= float(row["x_coord"]) <= east and south <= float(row["y_coord"]) <= north}
    package.keep("link", lambda row: row["from_node_id"] in nodes and row["to_node_id"] in nodes)
    links = {row["link_id"] for row in package["link"]}
    used = {row[end] for row in package["link"] for end in ("from_node_id", "to_node_id")}
    package.keep("node", lambda row: row["node_id"] in used)
    package.keep("segment", lambda row: row["link_id"] in links)
    package.keep("demand", lambda row: row["origin"] in used and row["destination"] in used)
    demands = {row["demand_id"] for row in package["demand"]}
    package.keep("demand_profile", lambda row: row["demand_id"] in demands)


def cheapest(package):
    """The cheapest mode of each work."""
    modes = {}
    for row in package["mode"]:
        if row["work_id"] not in modes or number(row["cost"]) < number(modes[row["work_id"]]["cost"]):
            modes[row["work_id"]] = row
    return modes


def needs(package):
    """What all works need of each consumable in their cheapest modes; money is 'budget'."""
    modes = cheapest(package)
    total = {"budget": sum(number(row["cost"]) for row in modes.values())}
    for row in package["usage"]:
        if modes[row["work_id"]]["mode_id"] == row["mode_id"]:
            total[row["resource_id"]] = total.get(row["resource_id"], 0) + number(row["amount"])
    return total


def offered(package, kinds):
    return sum(number(row["km"]) for row in package["work"] if row["kind"] in kinds.split("|"))


def cut_works(package):
    """Works follow their segments; milestones and the like go if all that they wait for has gone."""
    segments = {row["segment_id"] for row in package["segment"]}
    before, km = needs(package), {row["target_id"]: offered(package, row["kind"]) for row in package["target"]}
    here = {row["work_id"] for row in package["work"] if row["segment_id"] in segments}
    awaited = {}
    for row in package["precedence"]:
        awaited.setdefault(row["successor"], []).append(row["predecessor"])
    here |= {row["work_id"] for row in package["work"] if not row["segment_id"] and
             (row["work_id"] not in awaited or any(work in here for work in awaited[row["work_id"]]))}
    for name in ("work", "mode", "usage"):
        package.keep(name, lambda row: row["work_id"] in here)
    package.keep("precedence", lambda row: row["predecessor"] in here and row["successor"] in here)
    after = needs(package)
    for row in package["target"]:
        row["km"] = f"{number(row['km']) * offered(package, row['kind']) / max(km[row['target_id']], 1e-9):.0f}"
    used = {row["resource_id"] for row in package["usage"]} | {"budget"}
    consumable = {row["resource_id"] for row in package["resource"] if row["kind"] == "consumable"}
    for row in package["capacity"]:
        if row["resource_id"] in consumable and before.get(row["resource_id"], 0) > 0:
            share = after.get(row["resource_id"], 0) / before[row["resource_id"]]
            row["limit"] = f"{math.ceil(number(row['limit']) * share)}"
    for name in ("resource", "capacity"):
        package.keep(name, lambda row: row["resource_id"] in used)
    calendars = {row["calendar_id"] for row in package["work"]}
    package.keep("calendar", lambda row: row["calendar_id"] in calendars)


def lengthen(package, weeks, years):
    """Periods of so many weeks, for so many years at most."""
    ratio = 7 * weeks / package.days
    total = package.periods * package.days
    if years:
        total = min(total, years * 365.25)
    periods = int(total / (7 * weeks))
    for row in package["mode"]:
        if number(row["duration"]) > 0:
            row["duration"] = str(max(1, round(number(row["duration"]) / ratio)))
    for row in package["precedence"]:
        row["lag"] = str(round(number(row.get("lag")) / ratio))
    for row in package["work"]:
        if row.get("tardiness_cost"):
            row["tardiness_cost"] = f"{number(row['tardiness_cost']) * ratio:.10g}"
        row["deadline"] = ""  # rounding may make one that cannot be kept
    lengthen_calendars(package, weeks, periods)
    lengthen_spans(package, weeks, periods)
    last = (package.start + timedelta(days=periods * 7 * weeks - 1)).isoformat()
    for row in package["target"]:
        row["by"] = min(row["by"], last)
    package.settings["period_days"], package.settings["periods"] = 7 * weeks, periods


def lengthen_calendars(package, weeks, periods):
    rows = []
    for calendar in dict.fromkeys(row["calendar_id"] for row in package["calendar"]):
        days = [100] * (periods * 7 * weeks)
        for row in package["calendar"]:
            if row["calendar_id"] == calendar:
                low, high = (package.period(row[end]) * package.days for end in ("from", "to"))
                for day in range(max(0, low), min(high, len(days))):
                    days[day] = int(row["productivity"])
        for t in range(periods):
            mean = sum(days[t * 7 * weeks:(t + 1) * 7 * weeks]) / (7 * weeks)
            if round(mean) < 100:
                rows.append({"calendar_id": calendar, "from": t, "to": t + 1, "productivity": round(mean)})
    if rows:
        package.tables["calendar"] = rows


def lengthen_spans(package, weeks, periods):
    """Capacities and windows by the new periods; what falls within one has none of its own."""
    kept = []
    for row in package["capacity"]:
        low, high = (round(package.period(row[end]) * package.days / (7 * weeks)) for end in ("from", "to"))
        low, high = max(0, low), min(high, periods)
        if low < high:
            kept.append({**row, "from": low, "to": high})
    package.tables["capacity"] = kept


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source")
    parser.add_argument("target")
    parser.add_argument("--weeks", type=int, default=13, help="weeks of a period (13)")
    parser.add_argument("--years", type=float, help="years of the programme (all)")
    parser.add_argument("--targets", type=float, default=1, help="share of the targets that is asked for (1)")
    parser.add_argument("--box", type=float, nargs=4, metavar=("WEST", "SOUTH", "EAST", "NORTH"),
                        help="the region to keep, in degrees (all)")
    arguments = parser.parse_args()
    package = Package(arguments.source)
    if arguments.box:
        cut_region(package, arguments.box)
        cut_works(package)
    for row in package["target"]:
        row["km"] = f"{number(row['km']) * arguments.targets:.0f}"
    lengthen(package, arguments.weeks, arguments.years)
    package.json["name"] = Path(arguments.target).name
    package.json["title"] = f"{package.json.get('title', '')}, cut down"
    package.write(arguments.target)


if __name__ == "__main__":
    main()
