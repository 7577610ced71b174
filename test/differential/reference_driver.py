"""One long-lived process of the reference engine, so that its start-up is paid once. Every job runs in a fork of it: the engine
keeps rows of coefficients that it interpolated for one job, and would use them in the next one.

Reads one request a line as JSON and answers each with one line of JSON on the standard output it was given:
  {"models": true}                               -> {"version": ..., "models": [names]}
  {"ini": path, "folder": path, "seconds": n}    -> {"kind": "complete" | "refused" | "late", "reason": ...}
The tables of a job go to the folder as CSV. What the engine prints goes to the standard error.
"""
import json
import logging
import os
import re
import select
import signal
import sys
import traceback
import warnings

answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
warnings.simplefilter("ignore")

from openquake.baselib import __version__  # noqa: E402
from openquake.calculators import base  # noqa: E402
from openquake.commonlib import dbapi  # noqa: E402
from openquake.hazardlib.gsim import get_available_gsims  # noqa: E402
from openquake.server.db import actions  # noqa: E402


def run(ini, folder):
    """Runs a job in this process and tells how it ended."""
    os.makedirs(folder, exist_ok=True)
    calculation = None
    try:
        calculation = base.run_calc(ini, exports="csv", export_dir=folder, concurrent_tasks="0")
        return {"kind": "complete"}
    except BaseException as error:  # whatever the engine says about a job is an answer
        places = [f"{os.path.basename(f.filename)}:{f.lineno}" for f in traceback.extract_tb(error.__traceback__)]
        # of an error in a task the text holds a whole traceback, whose last line tells the reason
        text = (str(error).strip().splitlines() or [""])[-1]
        if not re.match(r"\w+(Error|File|Exception): ", text):
            text = f"{type(error).__name__}: {text}"
        return {"kind": "refused", "reason": f"{text[-500:]} @ {' '.join(places[-2:])}"}
    finally:
        if calculation is not None:
            path = calculation.datastore.filename
            calculation.datastore.close()
            if os.path.exists(path):
                os.remove(path)


def run_in_fork(ini, folder, seconds):
    """Runs a job in a fork, which is ended after some seconds."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        with os.fdopen(writer, "w") as pipe:
            json.dump(run(ini, folder), pipe)
        os._exit(0)
    os.close(writer)
    late = not select.select([reader], [], [], seconds)[0]
    if late:
        os.kill(child, signal.SIGKILL)
    with os.fdopen(reader) as pipe:
        answer = pipe.read()
    _, status = os.waitpid(child, 0)
    if late:
        return {"kind": "late", "reason": f"not finished after {seconds} s"}
    return json.loads(answer) if answer else {"kind": "crashed", "reason": f"the process ended with status {status}"}


logging.disable(logging.WARNING)
actions.upgrade_db(dbapi.db)
for line in sys.stdin:
    request = json.loads(line)
    if "models" in request:
        answer = {"version": __version__, "models": sorted(get_available_gsims())}
    else:
        answer = run_in_fork(request["ini"], request["folder"], int(request["seconds"]))
    answers.write(json.dumps(answer) + "\n")
    answers.flush()
