"""Holds the examples of a scan in shards to what their vendors describe: no key and no type that is not theirs."""

import json
import re
import sys
from importlib import resources
from pathlib import Path

import yaml
from azure.mgmt.appcontainers import models
from hera.workflows.models import Workflow

folder = Path("docs/examples/fleet")
faults = []


def argo():
    """What the model of a workflow does not know is lost on the way through it."""
    given = yaml.safe_load((folder / "argo.yaml").read_text())
    read = Workflow.model_validate(given)
    compare("argo.yaml", given, json.loads(read.model_dump_json(exclude_none=True, by_alias=True)))


def compare(where, given, kept):
    if isinstance(given, dict):
        for key, value in given.items():
            if not isinstance(kept, dict) or key not in kept:
                faults.append(f"{where}.{key} is not in the model")
            else:
                compare(f"{where}.{key}", value, kept[key])
    elif isinstance(given, list):
        if not isinstance(kept, list) or len(given) != len(kept):
            faults.append(f"{where} is no list in the model")
        else:
            for index, (one, other) in enumerate(zip(given, kept)):
                compare(f"{where}[{index}]", one, other)


def cloud_run():
    """Google's description of its API."""
    documents = resources.files("googleapiclient.discovery_cache") / "documents"
    schemas = json.loads((documents / "run.v1.json").read_text())["schemas"]
    job = yaml.safe_load((folder / "cloud-run-job.yaml").read_text())
    described("cloud-run-job.yaml", job, {"$ref": "Job"}, schemas)


kinds = {"string": str, "integer": int, "boolean": bool, "number": (int, float), "array": list, "object": dict}


def described(where, value, schema, schemas):
    if "$ref" in schema:
        schema = schemas[schema["$ref"]]
    kind = schema.get("type", "any")
    if kind != "any" and not isinstance(value, kinds[kind]):
        faults.append(f"{where} is no {kind}")
    elif kind == "array":
        for index, item in enumerate(value):
            described(f"{where}[{index}]", item, schema["items"], schemas)
    elif kind == "object":
        for key, item in value.items():
            inner = schema.get("properties", {}).get(key, schema.get("additionalProperties"))
            if inner is None:
                faults.append(f"{where}.{key} is not described")
            else:
                described(f"{where}.{key}", item, inner, schemas)


def container_apps():
    """Azure's models name the keys of its API; what they do not know they keep as it is, so keys are looked at."""
    template = json.loads((folder / "container-apps-job.json").read_text())
    for job in template["resources"]:
        known(f"container-apps-job.json {job['type']}", job["properties"], models.JobProperties)


def known(where, value, model):
    model()  # its fields are only listed once there is one
    fields = {field._rest_name: name for name, field in model._attr_to_rest_field.items()}
    hints = {name: str(hint) for one in model.__mro__ for name, hint in getattr(one, "__annotations__", {}).items()}
    for key, item in value.items():
        if key not in fields:
            faults.append(f"{where}.{key} is not in {model.__name__}")
            continue
        inner = re.search(r"_models\.(\w+)", hints.get(fields[key], ""))
        for one in item if isinstance(item, list) else [item]:
            if inner and isinstance(one, dict):
                known(f"{where}.{key}", one, getattr(models, inner[1]))


for check in (argo, cloud_run, container_apps):
    check()
print("\n".join(faults) or "the examples of shards are as their vendors describe them")
sys.exit(1 if faults else 0)
