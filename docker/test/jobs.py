"""The client of docker/test/run: submits jobs, waits for them, and looks whether each ran exactly once.

Usage: jobs.py submit URL IDS COUNT MILLIS | await URL STATE AT_LEAST | fleet URL WORKERS | check URL IDS JOURNAL
"""
import collections
import concurrent.futures
import http.client
import json
import sys
import threading
import time
import urllib.parse

PATIENCE = 300  # seconds, for anything that is awaited
LOCAL = threading.local()


def request(url, method, path, body=None):
    """One request on a connection that each thread keeps."""
    if not hasattr(LOCAL, "connection"):
        LOCAL.connection = http.client.HTTPConnection(urllib.parse.urlparse(url).netloc, timeout=30)
    text = None if body is None else json.dumps(body)
    LOCAL.connection.request(method, path, text, {"Content-Type": "application/json"})
    answer = LOCAL.connection.getresponse()
    content = json.loads(answer.read())
    if answer.status not in (200, 202):
        sys.exit(f"{method} {path}: {answer.status} {content}")
    return content


def on_all(do, items):
    with concurrent.futures.ThreadPoolExecutor(8) as threads:
        return list(threads.map(do, items))


def until(what, look):
    """Looks until there is something to see."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        seen = look()
        if seen:
            return seen
        time.sleep(0.2)
    sys.exit(f"after {PATIENCE} s still waiting for {what}")


def submit(url, ids, count, millis):
    job = {"task": "journal", "params": {"path": "/journal/journal", "millis": int(millis)}}
    made = on_all(lambda _: request(url, "POST", "/api/v1/jobs", job)["id"], range(int(count)))
    with open(ids, "a", encoding="ascii") as file:
        file.writelines(f"{job}\n" for job in made)


def await_state(url, state, at_least):
    counts = lambda: request(url, "GET", "/api/v1/queues")["totals"]["counts"]
    until(f"{at_least} jobs {state}", lambda: counts()[state] >= int(at_least))


def fleet(url, workers):
    def busy():
        known = request(url, "GET", "/api/v1/workers")["items"]
        return sum(w["state"] == "running" and w["slots"]["used"] > 0 for w in known) >= int(workers)

    until(f"{workers} workers at work", busy)


def check(url, ids, journal):
    with open(ids, encoding="ascii") as file:
        wanted = file.read().split()
    notes = collections.Counter()
    with open(journal, encoding="ascii") as file:
        for line in file:
            notes[tuple(line.split()[:2])] += 1
    jobs = on_all(lambda job: request(url, "GET", f"/api/v1/jobs/{job}"), wanted)
    rows = [
        ("jobs accepted", len(wanted), len(set(wanted))),
        ("succeeded", len(wanted), sum(j["state"] == "succeeded" for j in jobs)),
        ("in their first attempt", len(wanted), sum(j["attempt"] == 1 for j in jobs)),
        ("attempts that failed or were lost", 0, sum(a.get("error") is not None for j in jobs for a in j["attempts"])),
        ("started once, by the journal", len(wanted), sum(notes[("S", j)] == 1 for j in wanted)),
        ("ended once, by the journal", len(wanted), sum(notes[("E", j)] == 1 for j in wanted)),
        ("lines in the journal", 2 * len(wanted), sum(notes.values())),
    ]
    for what, expected, found in rows:
        print(f"{what:<36} {found:>8} {'ok' if expected == found else f'WRONG, must be {expected}'}")
    workers = collections.Counter(j["worker"] for j in jobs)
    print(f"{'workers that took part':<36} {len(workers):>8} {sorted(workers.values(), reverse=True)}")
    sys.exit(any(expected != found for _, expected, found in rows))


if __name__ == "__main__":
    commands = {"submit": submit, "await": await_state, "fleet": fleet, "check": check}
    commands[sys.argv[1]](*sys.argv[2:])
