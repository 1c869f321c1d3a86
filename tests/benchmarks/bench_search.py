"""How search time grows with the knowledge: the shipped figures against the same repeated to 100,000."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path
from statistics import quantiles
from typing import Final

from service.store.build import ensure
from service.store.queries import Knowledge
from service.store.search import search
from tests.benchmarks.table import Measured, compared

FIGURES: Final = 100_000
ROUNDS: Final = 5
ROOT: Final = Path(__file__).parents[2] / "knowledge"

QUERIES: Final = (
    "chatgpt daily electricity", "ChatGPT 每天用電", "GPT-3 training", "训练 GPT-3 用电", "PUE Google", "electricity",
    "用电量", "water per query", "每次查询用水", "H100 power", "US home electricity", "美国家庭用电", "carbon intensity China",
    "中国 碳强度", "data centre electricity 2030", "数据中心 2030 年 用电", "Microsoft emissions", "微软 排放",
    "how many US homes equal ChatGPT's daily electricity use", "一次 ChatGPT 提问用多少电", "Gemini prompt energy", "谷歌",
    "Norway", "挪威 电网", "electric car consumption", "电动汽车 百公里", "smartphone charge", "手机充电", "flight emissions",
    "航班 排放", "image generation energy", "生成图片 用电", "video generation", "nuclear reactor output", "核电站 发电量",
    "solar panel yield", "光伏 年发电量", "WUE cooling water", "冷却 用水", "IEA energy and AI", "国际能源署", "Llama training emissions",
    "DeepSeek", "训练 排放", "per token energy", "每个 token", "electricity price", "电价", "xyzzy", "水", "the", "2024", "0.34 Wh",
    "world electricity demand", "全球 用电", "tree absorbs carbon", "kettle boil", "烧水", "household France", "法国 家庭",
    "Stargate gigawatts", "Netflix hour streaming",
)  # fmt: skip


def repeat(path: Path, target: Path, figures: int) -> int:
    """Write a copy of the database in which each figure stands as often as it takes to reach `figures`."""
    target.write_bytes(path.read_bytes())
    with closing(sqlite3.connect(target)) as db, db:
        times = -(-figures // int(db.execute("SELECT count(*) FROM figure").fetchone()[0]))
        db.execute("PRAGMA synchronous = OFF")
        db.execute(
            "CREATE TEMP TABLE copy AS WITH RECURSIVE n(i) AS (SELECT 1 UNION SELECT i + 1 FROM n WHERE i < ?) SELECT i FROM n",
            (times - 1,),
        )
        for table in ("figure", "figure_text"):
            columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
            copied = ", ".join(
                {"number": "number + i", "id": "id || '-copy-' || i"}.get(name, name) for name in columns
            )
            db.execute(f"UPDATE {table} SET number = -((number - 1) * {times} + 1)")
            db.execute(f"UPDATE {table} SET number = -number")
            db.execute(f"INSERT INTO {table} SELECT {copied} FROM {table}, copy")
        db.execute("UPDATE word SET figures = figures * ?", (times,))
        db.execute("INSERT INTO figure_search (figure_search) VALUES ('rebuild')")
        db.execute("INSERT INTO figure_search (figure_search) VALUES ('optimize')")
        return int(db.execute("SELECT count(*) FROM figure").fetchone()[0])


def timed(path: Path) -> list[float]:
    """The milliseconds that each query takes, at its best of a few rounds."""
    knowledge = Knowledge(path)
    best = dict.fromkeys(QUERIES, float("inf"))
    for _ in range(ROUNDS):
        for words in QUERIES:
            start = time.perf_counter()
            search(knowledge, words)
            best[words] = min(best[words], 1000 * (time.perf_counter() - start))
    knowledge.close()
    return list(best.values())


def measure() -> list[Measured]:
    """The 95th percentile over the shipped knowledge and over the same repeated."""
    with tempfile.TemporaryDirectory() as folder:
        shipped = ensure(ROOT, Path(folder) / "shipped.sqlite")
        large = Path(folder) / "large.sqlite"
        count = repeat(shipped, large, FIGURES)
        ours, reference = (quantiles(timed(path), n=20)[18] for path in (large, shipped))
    return [compared(f"search, p95, {count:,} figures against those shipped", "ms", ours, reference, most=3)]
