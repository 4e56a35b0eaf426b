"""Work in separate processes: results, errors, deadlines, deaths, limits."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.errors import Busy, WorkerFailed
from bot.workers import ProcessWorkers


@pytest.fixture
async def workers() -> AsyncIterator[ProcessWorkers]:
    async with ProcessWorkers(1) as processes:
        yield processes


async def test_a_result_comes_back_from_another_process(workers: ProcessWorkers) -> None:
    assert await workers.run(os.getpid) != os.getpid()


async def test_an_error_of_the_function_comes_through(workers: ProcessWorkers) -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        await workers.run(int, "seven")


async def test_work_over_its_deadline_is_killed_and_the_next_goes_on(workers: ProcessWorkers) -> None:
    await workers.run(int, "1")
    began = time.monotonic()
    with pytest.raises(WorkerFailed, match=r"no result within 0\.2 s"):
        await workers.run(time.sleep, 60, deadline=0.2)
    assert time.monotonic() - began < 3
    assert await workers.run(int, "7") == 7


async def test_work_that_finds_no_free_process_in_time_is_not_begun(
    workers: ProcessWorkers, tmp_path: Path
) -> None:
    await workers.run(int, "1")
    long = [asyncio.create_task(workers.run(time.sleep, 60)) for _ in range(2)]
    await asyncio.sleep(0)
    began = time.monotonic()
    with pytest.raises(Busy):
        await workers.run(os.mkdir, str(tmp_path / "begun"), patience=0.2)
    assert time.monotonic() - began < 10
    for work in long:
        work.cancel()
    await asyncio.gather(*long, return_exceptions=True)
    assert await workers.run(int, "7", patience=10.0) == 7
    assert not (tmp_path / "begun").exists()


async def test_who_gives_up_waiting_kills_no_process(workers: ProcessWorkers) -> None:
    process = await workers.run(os.getpid)
    work = asyncio.create_task(workers.run(time.sleep, 0.5))
    await asyncio.sleep(0)
    with pytest.raises(Busy):
        await workers.run(os.getpid, patience=0.0)
    await work
    assert await workers.run(os.getpid) == process


async def test_work_that_holds_the_interpreter_lock_is_killed_too(workers: ProcessWorkers) -> None:
    await workers.run(int, "1")
    began = time.monotonic()
    with pytest.raises(WorkerFailed):
        await workers.run(pow, 7, 10**9, deadline=0.5)
    assert time.monotonic() - began < 3


async def test_a_process_that_dies_at_work_fails_that_work_alone(workers: ProcessWorkers) -> None:
    with pytest.raises(WorkerFailed, match="died"):
        await workers.run(os._exit, 3)
    assert await workers.run(int, "7") == 7


async def test_an_idle_process_that_was_killed_is_replaced(workers: ProcessWorkers) -> None:
    os.kill(await workers.run(os.getpid), signal.SIGKILL)
    await asyncio.sleep(0.5)
    assert await workers.run(int, "7") == 7


async def test_memory_beyond_the_limit_is_refused() -> None:
    async with ProcessWorkers(1, memory=64 * 1024 * 1024) as workers:
        assert len(await workers.run(bytes, 1024 * 1024)) == 1024 * 1024
        with pytest.raises(WorkerFailed, match="64 MiB"):
            await workers.run(bytes, 512 * 1024 * 1024)


async def test_numpy_works_under_the_default_limit(workers: ProcessWorkers) -> None:
    source = "__import__('numpy').ones((1000, 1000)).dot(__import__('numpy').ones((1000, 1000))).sum()"
    assert await workers.run(eval, source) == 1e9


async def test_an_interrupt_does_not_reach_the_work(workers: ProcessWorkers) -> None:
    process = await workers.run(os.getpid)
    os.kill(process, signal.SIGINT)
    assert await workers.run(os.getpid) == process


async def test_nothing_starts_before_the_first_work_and_nothing_runs_after_the_end() -> None:
    workers = ProcessWorkers(1)
    assert workers._pool is None
    process = await workers.run(os.getpid)
    await workers.close()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    with pytest.raises(WorkerFailed):
        await workers.run(int, "7")


async def test_closing_fails_what_runs_and_what_waits() -> None:
    workers = ProcessWorkers(1)
    await workers.run(int, "1")
    work = [asyncio.create_task(workers.run(time.sleep, 60)) for _ in range(3)]
    await asyncio.sleep(0.3)
    await workers.close()
    results = await asyncio.wait_for(asyncio.gather(*work, return_exceptions=True), 5)
    assert [type(result) for result in results] == [WorkerFailed] * 3


async def test_cancelled_work_is_killed(workers: ProcessWorkers) -> None:
    process = await workers.run(os.getpid)
    work = asyncio.create_task(workers.run(time.sleep, 60))
    await asyncio.sleep(0.5)
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    assert await asyncio.wait_for(workers.run(os.getpid), 10) != process


PARENT = """
import asyncio, os
from bot.workers import ProcessWorkers

async def main():
    workers = ProcessWorkers(1)
    print(await workers.run(os.getpid), flush=True)
    await asyncio.sleep(60)

if __name__ == "__main__":
    asyncio.run(main())
"""


def test_a_killed_bot_leaves_no_process_behind(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    root = Path(__file__).resolve().parents[1]
    environment = os.environ | {"PYTHONPATH": str(root)}
    with subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # the interpreter tells of semaphores that the killed bot left
        env=environment,
    ) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        parent.kill()
    deadline = time.monotonic() + 5
    while _runs(worker) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _runs(worker)


def _runs(process: int) -> bool:
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
    return status.rsplit(")", 1)[1].split()[0] != "Z"  # nobody may be there to reap it
