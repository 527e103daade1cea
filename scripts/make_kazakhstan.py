#!/usr/bin/env python3
"""Make the instances kazakhstan-2030 and kazakhstan-2026, each from its source.json.

    make_kazakhstan.py            write the tables beside source.json
    make_kazakhstan.py --check    make them elsewhere and compare; exit 1 when a byte differs

The source of kazakhstan-2026 says what is done by its date; all else is that of kazakhstan-2030, its `base`.

Needs only the standard library, and gives the same bytes on every run and machine: no clock, no locale,
no hash seed, and every number is rounded before it is written.
"""
import argparse
import datetime
import heapq
import math
import pathlib
import sys
import zlib

sys.dont_write_bytecode = True
import kazakhstan_done
from kazakhstan_files import COLUMNS, INSTANCES, check, files, read_source, write

FOLDERS = [INSTANCES / "kazakhstan-2030", INSTANCES / "kazakhstan-2026"]
YEARS = range(2024, 2031)
END = "2031-01-01"


# ---------------------------------------------------------------- the model in memory

class Instance:
    """The tables being filled, and what the rules need to look up."""

    def __init__(self, source):
        self.source = source
        self.tables = {name: [] for name in COLUMNS}
        self.nodes = {n["id"]: n for n in source["nodes"]}
        self.links = {l["id"]: l for l in source["links"]}
        self.segments = {}          # link id -> list of segment records
        self.precedences = set()

    def value(self, parameter):
        return self.source["parameters"][parameter]["value"]

    def add(self, table, *cells):
        self.tables[table].append(cells)

    def usd(self, kzt_millions):
        return kzt_millions / self.value("kzt_per_usd")

    def mt(self, pairs):
        return pairs * 365 * self.value("net_tonnes_per_train") / 1e6

    def gang(self, work_type, region):
        """Resource id of the gangs of this type that serve the region; national ones have no area."""
        area = work_type["gang_area"]
        return f"{work_type['gang']}-{self.source['areas'][area][region]}" if area else work_type["gang"]

    def north(self, link):
        middle = (self.nodes[link["from"]]["lat"] + self.nodes[link["to"]]["lat"]) / 2
        return middle > self.source["climate_north_of_lat"]["value"]

    def calendar(self, family, link):
        return family + ("-north" if self.north(link) else "-south")


def number(x, digits):
    """The shortest decimal of x rounded to `digits`; never -0 and never an exponent."""
    text = f"{x:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


# ---------------------------------------------------------------- network

def base_capacity(inst, link):
    if "mt" in link:
        return link["mt"]
    return round(inst.mt(max(0, link["pairs"] - link["passenger"])), 2)


def running_cost(inst, link):
    """USD per t-km, handling at the two ends of a crossing or terminal spread over its length."""
    rates = inst.value("cost_per_tkm")
    handling = inst.value("handling_usd_per_t").get(link.get("handling"), 0)
    if link["type"] == "terminal":
        return handling / link["km"]
    if link["type"] in ("road", "road_checkpoint"):
        rate = rates["road"]
    elif link["type"] == "sea":
        rate = rates["sea"]
    elif link["owner"] == "foreign":
        rate = rates["foreign"]
    else:
        rate = rates["electrified" if link["electrified"] else "diesel"]
    return rate + handling / link["km"]


def link_name(inst, link):
    ends = "-".join(inst.nodes[link[end]]["name"].split(" (")[0].split(" / ")[0] for end in ("from", "to"))
    return f"{ends} ({link['line']})" if link["line"] else ends


def wkt(inst, link):
    points = link.get("geometry") or [[inst.nodes[link[e]]["lon"], inst.nodes[link[e]]["lat"]] for e in ("from", "to")]
    return "LINESTRING (" + ", ".join(f"{number(x, 5)} {number(y, 5)}" for x, y in points) + ")"


def make_network(inst):
    for n in inst.source["nodes"]:
        inst.add("node", n["id"], n["name"], number(n["lon"], 5), number(n["lat"], 5), n["kind"], n["country"])
    built = {part["link"] for p in inst.source["projects"] for part in p["links"]}
    for link in inst.source["links"]:
        inst.add("link", link["id"], link_name(inst, link), link["from"], link["to"], "false", link["type"],
                 number(running_cost(inst, link), 6), wkt(inst, link))
        make_segments(inst, link, split=link["repair"] or link["id"] in built)


def segment_count(inst, km):
    rule = inst.value("segment_km")
    return max(1, math.ceil(km / rule["longest"]), math.floor(km / rule["aim"] + 0.5))


def make_segments(inst, link, split):
    count = segment_count(inst, link["km"]) if split else 1
    inst.segments[link["id"]] = []
    for i in range(count):
        start, end = (round(link["km"] * j / count, 1) for j in (i, i + 1))
        name = f"S{link['id'][1:]}-{i + 1:02d}" if link["id"][0] == "L" else f"S{link['id']}-{i + 1:02d}"
        segment = {"id": name, "number": i + 1, "km": end - start, "link": link, "wear": wear(inst, name)}
        inst.segments[link["id"]].append(segment)
        decay, floor = ("", "") if not link["repair"] else decline(inst, segment["wear"])
        inst.add("segment", name, link["id"], link["from"], number(start, 1), number(end, 1),
                 number(base_capacity(inst, link), 2), decay, floor)


def wear(inst, segment_id):
    """0 new … 1 worn out: the national mean, and around it a spread that depends on the id alone."""
    spread = zlib.crc32(segment_id.encode()) / 0xFFFFFFFF * 2 - 1
    return inst.value("wear_mean") + 0.25 * spread


def decline(inst, worn):
    mix = [p["at_no_wear"] + worn * (p["at_full_wear"] - p["at_no_wear"])
           for p in (inst.value("decay"), inst.value("floor"))]
    return number(mix[0], 4), number(mix[1], 3)


# ---------------------------------------------------------------- freight

def shortest_paths(inst, origin):
    """Cheapest way from a node over the lines open at the start: node -> (cost, km, link into it, node before)."""
    around = {}
    for link in inst.source["links"]:
        if base_capacity(inst, link) > 0:
            step = (running_cost(inst, link) * link["km"], link["km"], link["id"])
            around.setdefault(link["from"], []).append((link["to"], *step))
            around.setdefault(link["to"], []).append((link["from"], *step))
    best, heap = {}, [(0.0, 0.0, origin, "", "")]
    while heap:
        cost, km, node, via, before = heapq.heappop(heap)
        if node in best:
            continue
        best[node] = (cost, km, via, before)
        for to, more, length, link_id in around.get(node, []):
            if to not in best:
                heapq.heappush(heap, (round(cost + more, 9), km + length, to, link_id, node))
    return best


def make_demands(inst):
    """Demand tables; returns the freight of 2023 on each link by its cheapest path, in Mt."""
    load = {link_id: 0.0 for link_id in inst.links}
    traction = inst.value("traction_usd_per_tkm")
    for d in inst.source["demands"]:
        best = shortest_paths(inst, d["from"])
        cost, km, _, _ = best[d["to"]]
        c = inst.source["commodities"][d["commodity"]]
        value = round(km * (c["tariff_kzt_per_tkm"] / inst.value("kzt_per_usd") + traction) + c["margin_usd_per_t"], 2)
        if value <= cost:
            raise SystemExit(f"source.json: {d['id']} is worth {value} USD/t and costs {cost:.2f}")
        inst.add("demand", d["id"], d["from"], d["to"], d["commodity"], number(value, 2))
        make_profile(inst, d)
        walk(best, d, load)
    return load


def walk(best, demand, load):
    node = demand["to"]
    while node != demand["from"]:
        _, _, via, node = best[node]
        load[via] += demand["mt_2023"]


def make_profile(inst, d):
    exponent = inst.source["demand_curves"][d["curve"]]
    for year in YEARS:
        share = ((year - 2023) / 7) ** exponent
        inst.add("demand_profile", d["id"], f"{year}-01-01", number(d["mt_2023"] + (d["mt_2030"] - d["mt_2023"]) * share, 3))


# ---------------------------------------------------------------- works

def add_work(inst, work_id, name, kind, **cells):
    columns = ("segment_id", "km", "gain", "renews", "earliest", "deadline", "due", "tardiness_cost",
               "mandatory", "calendar_id", "project")
    row = {"renews": "false", "mandatory": "false", **cells}
    inst.add("work", work_id, name, kind, *(row.get(c, "") for c in columns))


def add_mode(inst, work_id, mode_id, weeks, cost, factor, usage):
    inst.add("mode", work_id, mode_id, str(weeks), number(cost, 3), number(factor, 3))
    for resource, amount in usage.items():
        inst.add("usage", work_id, mode_id, resource, str(amount))


def weeks_for(km, rate):
    return max(1, math.ceil(km / rate - 1e-9))


def repair_kinds(inst, load):
    """Segment id -> repair type: the busiest and most worn kilometres get the heaviest repair."""
    eligible = [s for link in inst.source["links"] if link["repair"] for s in inst.segments[link["id"]]]
    eligible.sort(key=lambda s: (-round(math.sqrt(1 + load[s["link"]["id"]]) * s["wear"] ** 2, 6), s["id"]))
    total, done, kinds = sum(s["km"] for s in eligible), 0.0, {}
    types, limits, reach = inst.source["repair_types"], [], 0.0
    for t in types:
        reach += t["share"]
        limits.append(reach * total)
    for s in eligible:
        kinds[s["id"]] = next((t for t, limit in zip(types, limits) if done < limit - 1e-6), types[-1])
        done += s["km"]
    return kinds


def make_repairs(inst, load):
    kinds = repair_kinds(inst, load)
    for link in inst.source["links"]:
        for s in inst.segments[link["id"]] if link["repair"] else []:
            make_repair(inst, s, kinds[s["id"]])


def make_repair(inst, s, repair):
    link = s["link"]
    work_id = f"R-{link['id']}-{s['number']:02d}"
    add_work(inst, work_id, f"{link_name(inst, link)} {s['number']}: {repair['name']}", "repair", segment_id=s["id"],
             km=number(s["km"], 1), gain="0", renews="true", calendar_id=inst.calendar("season", link))
    gang = inst.gang(repair, link["region"])
    tracks = "double" if link["tracks"] > 1 else "single"
    for mode in repair["modes"]:
        loss = inst.value("possession_loss")[mode["id"]].get(tracks)
        if loss is None:            # no second track to run on
            continue
        usage = {gang: 1, **mode["extra"], **supplies(inst, repair, s["km"], 1)}
        if mode["id"] == "blockade":
            usage.update({r["id"]: 1 for r in inst.source["possession_rules"] if link["id"] in r["links"]})
        cost = inst.usd(repair["kzt_m_per_km"]) * s["km"] * mode["cost"]
        add_mode(inst, work_id, mode["id"], weeks_for(s["km"], mode["km_per_week"]), cost, 1 - loss, usage)


def supplies(inst, work_type, km, tracks):
    if not work_type["supplies"]:
        return {}
    return {r: math.floor(rate * km * tracks + 0.5) for r, rate in inst.value("supplies_per_track_km").items()}


def project_gains(inst):
    """(project, link) -> Mt/yr. Projects on one link add up, in the order in which they presuppose each other."""
    gains, reached = {}, {}
    later = {p["after"] for p in inst.source["project_precedences"]}
    for p in sorted(inst.source["projects"], key=lambda p: (p["id"] in later, p["id"])):
        for part in p["links"]:
            link = inst.links[part["link"]]
            before = reached.get(link["id"], base_capacity(inst, link))
            after = part.get("mt", inst.mt(p["pairs_after"] - part.get("passenger_after", link["passenger"])))
            gains[p["id"], link["id"]] = round(after - before, 2)
            reached[link["id"]] = after
    return gains


def make_projects(inst):
    gains, types = project_gains(inst), {t["id"]: t for t in inst.source["build_types"]}
    for p in inst.source["projects"]:
        for part in p["links"]:
            for s in inst.segments[part["link"]]:
                make_build(inst, p, types[p["type"]], s, gains[p["id"], part["link"]])


def build_id(project, kind, s):
    return f"{'B' if kind == 'build' else 'U'}-{project}-{s['link']['id']}-{s['number']:02d}"


def make_build(inst, p, kind, s, gain):
    link, work_id = s["link"], build_id(p["id"], kind["kind"], s)
    add_work(inst, work_id, f"{p['name']}: {link_name(inst, link).split(' (')[0]} {s['number']}", kind["kind"],
             segment_id=s["id"], km=number(s["km"], 1), gain=number(gain, 2), earliest=p["earliest"],
             mandatory="true" if p["mandatory"] else "false", calendar_id=inst.calendar(kind["calendar"], link),
             project=p["id"])
    gang = inst.gang(kind, link["region"])
    for mode in kind["modes"]:
        cost = inst.usd(kind["kzt_m_per_km"]) * s["km"] * mode["cost"]
        usage = {gang: mode["gangs"], **mode["extra"], **supplies(inst, kind, s["km"], kind["tracks"])}
        add_mode(inst, work_id, mode["id"], weeks_for(s["km"], mode["km_per_week"]), cost, mode["factor"], usage)


def make_facilities(inst):
    for f in inst.source["facility_works"]:
        add_work(inst, f["id"], f["name"], "facility", segment_id=inst.segments[f["link"]][0]["id"], km="0",
                 gain=number(f["gain"], 3), earliest=f["earliest"], project=f["project"],
                 mandatory="true" if must(inst, f["id"]) else "false")
        for mode in inst.source["facility_modes"]:
            add_mode(inst, f["id"], mode["id"], math.ceil(f["weeks"] * mode["weeks"] - 1e-9), f["cost"] * mode["cost"],
                     mode["factor"], {"terminal-builders": mode["gangs"]})


def must(inst, work_id):
    """A work is mandatory when a mandatory milestone waits for it, straight or over others."""
    waits = {(p["before"], p["after"]) for p in inst.source["facility_precedences"]}
    needed = {w for m in inst.source["milestones"] if m["mandatory"] for w in m.get("after", [])}
    while True:
        more = {before for before, after in waits if after in needed} - needed
        if not more:
            return work_id in needed
        needed |= more


def project_works(inst, project_id):
    p = next(p for p in inst.source["projects"] if p["id"] == project_id)
    kind = next(t for t in inst.source["build_types"] if t["id"] == p["type"])["kind"]
    return [build_id(project_id, kind, s) for part in p["links"] for s in inst.segments[part["link"]]]


def make_milestones(inst):
    for m in inst.source["milestones"]:
        add_work(inst, m["id"], m["name"], "facility", km="0", gain="0", due=m["due"],
                 tardiness_cost=number(m["tardiness"], 3), mandatory="true" if m["mandatory"] else "false",
                 project=m.get("after_project", ""))
        add_mode(inst, m["id"], "reached", 0, 0, 1, {})
        before = project_works(inst, m["after_project"]) if "after_project" in m else m["after"]
        for work_id in before:
            precede(inst, work_id, m["id"])


def precede(inst, before, after, kind="FS", lag=0):
    if (before, after, kind) not in inst.precedences:
        inst.precedences.add((before, after, kind))
        inst.add("precedence", before, after, kind, str(lag))


def make_precedences(inst):
    for rule in inst.source["project_precedences"]:
        first, second = ({tuple(w.split("-")[2:]): w for w in project_works(inst, rule[k])} for k in ("before", "after"))
        for place, work_id in first.items():
            if place in second:
                precede(inst, work_id, second[place])
    for rule in inst.source["facility_precedences"]:
        precede(inst, resolve(inst, rule["before"]), rule["after"], rule["type"], rule["lag"])


def resolve(inst, work_id):
    """`B-P05-L170-@last` is the work on the last segment of that link."""
    if not work_id.endswith("@last"):
        return work_id
    return work_id[:-len("@last")] + f"{len(inst.segments[work_id.split('-')[2]]):02d}"


# ---------------------------------------------------------------- resources, calendars, targets

def make_resources(inst):
    for r in inst.source["renewables"]:
        inst.add("resource", r["id"], r["name"], "renewable", r["unit"])
        ends = [start for start, _ in r["steps"][1:]] + [END]
        for (start, amount), end in zip(r["steps"], ends):
            inst.add("capacity", r["id"], start, end, str(amount))
    for r in inst.source["possession_rules"]:
        inst.add("resource", r["id"], r["name"], "renewable", "blockade")
        inst.add("capacity", r["id"], f"{YEARS[0]}-01-01", END, "1")
    for r in inst.source["consumables"]:
        inst.add("resource", r["id"], r["name"], "consumable", r["unit"])
        for start, end, limit in r["windows"]:
            inst.add("capacity", r["id"], start, end, number(limit, 3))


def make_calendars(inst):
    """Rows over each run of months that are off; neighbouring months share one row."""
    months = [datetime.date(y, m, 1) for y in YEARS for m in range(1, 13)] + [datetime.date(YEARS[-1] + 1, 1, 1)]
    for c in inst.source["calendars"]:
        start = None
        for month in months:
            off = month < months[-1] and month.month in c["months_off"]
            if off and start is None:
                start = month
            if not off and start is not None:
                inst.add("calendar", c["id"], start.isoformat(), month.isoformat(), str(c["productivity"]))
                start = None


def make_targets(inst):
    for t in inst.source["targets"]:
        inst.add("target", t["id"], t["kind"], t["by"], number(t["km"], 1), number(t["shortfall_cost"], 3),
                 "true" if t["hard"] else "false")


# ---------------------------------------------------------------- the whole

def make(source):
    inst = Instance(source)
    make_network(inst)
    load = make_demands(inst)
    make_repairs(inst, load)
    make_projects(inst)
    make_facilities(inst)
    make_milestones(inst)
    make_precedences(inst)
    make_resources(inst)
    make_calendars(inst)
    make_targets(inst)
    if "done" in source:
        ranked = [(f"R-{segment_link(inst, s)['id']}-{segment_link(inst, s)['number']:02d}", kind["id"])
                  for s, kind in repair_kinds(inst, load).items()]
        kazakhstan_done.settle(inst, source, source["done"],
                               {"project_works": project_works, "ranked_repairs": ranked})
    return inst


def segment_link(inst, segment_id):
    """The link's id and the segment's number on it."""
    return next({"id": link, "number": s["number"]} for link, segments in inst.segments.items()
                for s in segments if s["id"] == segment_id)


def main():
    parser = argparse.ArgumentParser(description="Make the instances of Kazakhstan from their source.json.")
    parser.add_argument("--check", action="store_true", help="compare with the tables in place, write nothing there")
    parser.add_argument("--folder", type=pathlib.Path, help="folder of one source.json (default: both instances)")
    args = parser.parse_args()
    code = 0
    for folder in [args.folder] if args.folder else FOLDERS:
        source = read_source(folder)
        made = files(source, make(source).tables)
        if args.check:
            code |= check(folder, made)
        else:
            write(folder, made)
    return code


if __name__ == "__main__":
    sys.exit(main())
