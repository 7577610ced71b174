"""One long-lived process of the reference engine, so that its start-up is paid once.

Reads one request a line as JSON and answers each with one line of JSON on the standard output it was given:
  {"models": true}                               -> {"version": ..., "models": [names]}
  {"ini": path, "folder": path, "seconds": n}    -> {"kind": "complete" | "refused" | "late", "reason": ...}
The tables of a job go to the folder as CSV. What the engine prints goes to the standard error.
"""
import json
import logging
import os
import re
import signal
import sys
import traceback
import warnings

answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
warnings.simplefilter("ignore")

from openquake.baselib import __version__  # noqa: E402
from openquake.calculators import base  # noqa: E402
from openquake.commonlib import dbapi, readinput  # noqa: E402
from openquake.hazardlib.gsim import get_available_gsims  # noqa: E402
from openquake.server.db import actions  # noqa: E402


class Late(BaseException):
    """A job took longer than it was allowed to."""


def ring(_signal, _frame):
    raise Late


def run(ini, folder, seconds):
    os.makedirs(folder, exist_ok=True)
    getattr(getattr(readinput, "Global", None), "reset", lambda: None)()
    calculation = None
    signal.alarm(seconds)
    try:
        calculation = base.run_calc(ini, exports="csv", export_dir=folder, concurrent_tasks="0")
        return {"kind": "complete"}
    except Late:
        return {"kind": "late", "reason": f"not finished after {seconds} s"}
    except BaseException as error:  # whatever the engine says about a job is an answer
        places = [f"{os.path.basename(f.filename)}:{f.lineno}" for f in traceback.extract_tb(error.__traceback__)]
        # of an error in a task the text holds a whole traceback, whose last line tells the reason
        text = (str(error).strip().splitlines() or [""])[-1]
        if not re.match(r"\w+(Error|File|Exception): ", text):
            text = f"{type(error).__name__}: {text}"
        return {"kind": "refused", "reason": f"{text[-500:]} @ {' '.join(places[-2:])}"}
    finally:
        signal.alarm(0)
        if calculation is not None:
            path = calculation.datastore.filename
            calculation.datastore.close()
            if os.path.exists(path):
                os.remove(path)


logging.disable(logging.WARNING)
signal.signal(signal.SIGALRM, ring)
actions.upgrade_db(dbapi.db)
for line in sys.stdin:
    request = json.loads(line)
    if "models" in request:
        answer = {"version": __version__, "models": sorted(get_available_gsims())}
    else:
        answer = run(request["ini"], request["folder"], int(request["seconds"]))
    answers.write(json.dumps(answer) + "\n")
    answers.flush()
