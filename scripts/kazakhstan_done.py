"""What is done by a status date: works of kazakhstan-2030 get a fixed start and mode, all others start later.

Used by make_kazakhstan.py for an instance whose source.json names another as its `base`. A work that is done is put as
late as its date allows, in the first mode that its rules take; where a date is known only for a project, its parts lie
side by side, or, for new line, one after another from both ends. Gangs and supplies of the past are raised to what was
done: nobody plans them any more.
"""
import datetime
import math


class Past:
    """Periods, calendars and what of each work is settled."""

    def __init__(self, inst, source, done):
        self.inst, self.done = inst, done
        settings = source["ganger"]
        self.first = datetime.date.fromisoformat(settings["start_date"])
        self.days, self.periods = settings["period_days"], settings["periods"]
        self.works = {row[0]: row for row in inst.tables["work"]}
        self.modes, self.use, self.rests = {}, {}, {}
        for row in inst.tables["mode"]:
            self.modes.setdefault(row[0], []).append(row)
        for work, mode, resource, amount in inst.tables["usage"]:
            self.use.setdefault((work, mode), []).append((resource, int(amount)))
        for calendar, start, end, productivity in inst.tables["calendar"]:
            for t in range(self.period(start), min(self.period(end), self.periods)):
                self.rests[calendar, t] = int(productivity)
        self.settled = {}           # work -> (start, finish, mode position)

    def period(self, date):
        return (datetime.date.fromisoformat(date) - self.first).days // self.days

    def boundary(self, date):
        """The boundary that a day is over by."""
        return ((datetime.date.fromisoformat(date) - self.first).days + 1) // self.days

    def productivity(self, work, t):
        return self.rests.get((self.works[work][12], t), 100)

    def finish(self, work, weeks, start):
        if weeks and self.productivity(work, start) == 0:
            return None
        got, t = 0, start
        while got < 100 * weeks:
            if t >= self.periods:
                return None
            got += self.productivity(work, t)
            t += 1
        return t

    def latest(self, work, position, by, first=0):
        """The last start with which the work is finished by a boundary, or None."""
        weeks = int(self.modes[work][position][2])
        for start in range(min(by, self.periods - 1), first - 1, -1):
            end = self.finish(work, weeks, start)
            if end is not None and end <= by:
                return start
        return None

    def settle(self, work, position, by, first=0):
        start = self.latest(work, position, by, first)
        if start is None:
            return False
        self.settled[work] = (start, self.finish(work, int(self.modes[work][position][2]), start), position)
        return True


def fail(text):
    raise SystemExit(f"source.json: {text}")


# ---------------------------------------------------------------- builds, facilities, milestones

def settle_side_by_side(past, works, by):
    for work in works:
        if not any(past.settle(work, position, by) for position in range(len(past.modes[work]))):
            fail(f"{work} cannot be finished in time")


def settle_one_after_another(past, works, by, ends):
    """Rails come from the ends that have them, of a link's `from` and `to`: what is farthest from there is finished last."""
    half = {"from": len(works), "to": 0, "both": (len(works) + 1) // 2}[ends]
    for chain in (works[:half], works[half:][::-1]):
        end = by
        for work in reversed(chain):
            options = range(len(past.modes[work]))
            if not any(past.settle(work, position, end) for position in reversed(options)):
                fail(f"{work} cannot be finished in time")
            end = past.settled[work][0]


def settle_projects(past, project_works, types):
    for record in past.done["projects"]:
        links = {}
        for work in project_works(past.inst, record["project"]):
            links.setdefault(work.split("-")[2], []).append(work)
        project = next(p for p in past.inst.source["projects"] if p["id"] == record["project"])
        parts = {part["link"]: part for part in record.get("links", [])}
        for link, works in links.items():
            part = parts.get(link, {})
            by = past.boundary(part.get("by", record["by"]))
            if types[project["type"]]["id"] == "new_line":
                settle_one_after_another(past, works, by, part.get("ends", "both"))
            else:
                settle_side_by_side(past, works, by)


def settle_milestones(past):
    """Reached as soon as all that it waits for is done, if all is."""
    before = {}
    for first, then, _, _ in past.inst.tables["precedence"]:
        before.setdefault(then, []).append(first)
    for work, modes in past.modes.items():
        if int(modes[0][2]) == 0 and all(w in past.settled for w in before.get(work, [work])):
            end = max(past.settled[w][1] for w in before[work])
            past.settled[work] = (end, end, 0)


# ---------------------------------------------------------------- repairs

def mode_of_repair(past, work):
    """The first that leaves a track or the night to the trains: no blockade."""
    return next(i for i, mode in enumerate(past.modes[work]) if mode[1] != "blockade")


def busy(past):
    """Segments that other works of the past stand on, and when."""
    spans = {}
    for work, (start, end, _) in past.settled.items():
        if past.works[work][3]:
            spans.setdefault(past.works[work][3], []).append((start, end))
    return spans


def season(past, work, year):
    first, last = past.period(f"{year}-01-01") + 1, past.boundary(f"{year}-12-31")
    open_weeks = [t for t in range(first, last) if past.productivity(work, t) > 0]
    return open_weeks[0], open_weeks[-1] + 1


def settle_repairs(past, ranked):
    """Segments in the order of need, spread over each season's weeks, until the year's km of each kind are reached."""
    share = past.done["repair_mix"]
    whole = sum(share["km"].values())
    taken = set()
    for record in past.done["repairs"]:
        for kind, part in share["km"].items():
            left = record["km"] * part / whole
            queue = [w for w, k in ranked if k == kind and w not in taken]
            left = settle_year(past, record["year"], queue, left, taken)
            if left > 30:
                fail(f"{left:.0f} km of {kind} repairs of {record['year']} find no place")


def settle_year(past, year, queue, km, taken):
    spans, number = busy(past), 0
    for work in queue:
        length = float(past.works[work][4])
        if km < length / 2:
            break
        first, last = season(past, work, year)
        position = mode_of_repair(past, work)
        latest = past.latest(work, position, last, first)
        if latest is None:
            continue
        start = first + (number * 7) % (latest - first + 1)
        end = past.finish(work, int(past.modes[work][position][2]), start)
        if any(start < b and a < end for a, b in spans.get(past.works[work][3], [])):
            continue
        past.settled[work] = (start, end, position)
        taken.add(work)
        number, km = number + 1, km - length
    return km


# ---------------------------------------------------------------- back into the tables

def fix_works(past):
    """fixed_start and fixed_mode for what is done; an earliest start for the rest."""
    status = past.boundary(past.done["status_date"])
    opens = (past.first + datetime.timedelta(days=past.days * status)).isoformat()
    for i, row in enumerate(past.inst.tables["work"]):
        row = list(row)
        if row[0] in past.settled:
            start, end, position = past.settled[row[0]]
            if end > status:
                fail(f"{row[0]} is done after the status date")
            row[7], row[11] = "", "true"
            row += [str(start), past.modes[row[0]][position][1]]
        else:
            row[7] = max(row[7], opens)
            row += ["", ""]
        past.inst.tables["work"][i] = tuple(row)


def totals(past):
    """Use of each resource by period."""
    used = {}
    for work, (start, end, position) in past.settled.items():
        mode = past.modes[work][position]
        weight = [past.productivity(work, t) for t in range(start, end)]
        spread = past.use.get((work, mode[1]), []) + [("budget", float(mode[3]))]
        for resource, amount in spread:
            for t, share in zip(range(start, end), weight):
                if share:
                    whole = amount * share / sum(weight) if resource in past.consumables else amount
                    used[resource, t] = used.get((resource, t), 0) + whole
    return used


def raise_limits(past):
    """What is done was possible: capacities of the past are at least what it used."""
    past.consumables = {row[0] for row in past.inst.tables["resource"] if row[2] == "consumable"}
    used, rows = totals(past), []
    status = past.boundary(past.done["status_date"])
    for resource, start, end, limit in past.inst.tables["capacity"]:
        a, b = past.period(start), min(past.period(end), past.periods)
        if resource in past.consumables:
            spent = sum(used.get((resource, t), 0) for t in range(a, b))
            limit = limit if spent <= float(limit) or a >= status else str(math.ceil(spent + 1))
            rows.append((resource, start, end, limit))
            continue
        steps = [max(int(limit), used.get((resource, t), 0)) for t in range(a, b)]
        cuts = [i for i in range(len(steps)) if i == 0 or steps[i] != steps[i - 1]]
        for i, cut in enumerate(cuts):
            to = str(a + cuts[i + 1]) if i + 1 < len(cuts) else end
            rows.append((resource, start if cut == 0 else str(a + cut), to, str(steps[cut])))
    past.inst.tables["capacity"] = rows


def settle(inst, source, done, helpers):
    """Changes the tables of an instance. `helpers`: project_works and the ranked repairs of make_kazakhstan.py."""
    past = Past(inst, source, done)
    settle_projects(past, helpers["project_works"], {t["id"]: t for t in source["build_types"]})
    for record in done["facilities"]:
        settle_side_by_side(past, [record["work"]], past.boundary(record["by"]))
    settle_milestones(past)
    settle_repairs(past, helpers["ranked_repairs"])
    fix_works(past)
    raise_limits(past)
    return past
