"""The files of an instance made from source.json: reading that, and writing or comparing tables and datapackage.json.

Used by make_kazakhstan.py, which fills the tables.
"""
import csv
import filecmp
import io
import json
import pathlib
import sys
import tempfile

INSTANCES = pathlib.Path(__file__).resolve().parent.parent / "instances"

# The columns that are written, in order; what they are says instances/schema.json, which `ganger check --schema` prints.
COLUMNS = {
    "node": "node_id name x_coord y_coord node_type country",
    "link": "link_id name from_node_id to_node_id directed facility_type cost_per_tkm geometry",
    "segment": "segment_id link_id ref_node_id start_lr end_lr capacity decay floor",
    "demand": "demand_id origin destination commodity value",
    "demand_profile": "demand_id from mt_per_year",
    "work": "work_id name kind segment_id km gain renews earliest deadline due tardiness_cost mandatory calendar_id project",
    "mode": "work_id mode_id duration cost factor",
    "resource": "resource_id name kind unit",
    "capacity": "resource_id from to limit",
    "usage": "work_id mode_id resource_id amount",
    "precedence": "predecessor successor type lag",
    "calendar": "calendar_id from to productivity",
    "target": "target_id kind by km shortfall_cost hard",
}


def columns(source):
    """COLUMNS, with what only an instance in which something is done has."""
    if "done" not in source:
        return COLUMNS
    return {**COLUMNS, "work": COLUMNS["work"] + " fixed_start fixed_mode"}


def resource_descriptor(table, names, published):
    """The published description of a table, of the columns that are written."""
    resource = json.loads(json.dumps(published[table]))
    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    resource["schema"]["fields"] = [fields[name] for name in names.split()]
    return resource


def descriptor(source):
    meta = source["meta"]
    schema = json.loads((INSTANCES / "schema.json").read_text(encoding="utf-8"))
    published = {resource["name"]: resource for resource in schema["resources"]}
    return {"$schema": "https://datapackage.org/profiles/2.0/datapackage.json", "name": meta["name"],
            "title": meta["title"], "description": meta["description"],
            "licenses": [{"name": meta["licence"], "path": "https://opendatacommons.org/licenses/odbl/1-0/",
                          "title": "Open Data Commons Open Database License 1.0"}],
            "sources": [{"title": f"{key}: {s['text']}", "path": s["urls"][0]} for key, s in source["sources"].items()],
            "attribution": meta["attribution"], "ganger": source["ganger"],
            "resources": [resource_descriptor(t, names, published) for t, names in columns(source).items()]}


def files(source, tables):
    """File name -> bytes."""
    made = {}
    for table, names in columns(source).items():
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(names.split())
        writer.writerows(tables[table])
        made[table + ".csv"] = text.getvalue().encode()
    made["datapackage.json"] = (json.dumps(descriptor(source), ensure_ascii=False, indent=1) + "\n").encode()
    return made


def write(folder, made):
    for name, data in made.items():
        (folder / name).write_bytes(data)


def check(folder, made):
    with tempfile.TemporaryDirectory() as aside:
        write(pathlib.Path(aside), made)
        same, different, missing = filecmp.cmpfiles(aside, folder, sorted(made), shallow=False)
    stray = sorted(p.name for p in folder.glob("*.csv") if p.name not in made)
    for name in different + missing + stray:
        print(f"{folder / name}: differs from what source.json gives", file=sys.stderr)
    return 0 if len(same) == len(made) and not stray else 1


def read_source(folder):
    """source.json, on top of that of its base if it has one."""
    source = json.loads((folder / "source.json").read_text(encoding="utf-8"))
    if "base" not in source:
        return source
    base = read_source(folder.parent / source["base"])
    return {**base, **source, "meta": {**base["meta"], **source["meta"]},
            "sources": {**base["sources"], **source.get("sources", {})}}
