#!/usr/bin/env python3
"""Turns migrations/ and ui/dist/ into one C++ file, so that the program needs no files beside itself.

usage: embed.py SOURCE_DIR OUTPUT.cpp
"""
import pathlib, sys

root, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
files = sorted(p for base in ("migrations", "ui/dist") for p in (root / base).rglob("*") if p.is_file())
lines = ['#include "base/embedded.hpp"', "namespace kasane {", "namespace {"]
for n, path in enumerate(files):
    data = path.read_bytes()
    body = ",".join(str(b) for b in data) or "0"
    lines.append(f"const unsigned char kData{n}[] = {{{body}}};")
lines.append("const EmbeddedFile kFiles[] = {")
for n, path in enumerate(files):
    name = path.relative_to(root).as_posix()
    lines.append(f'  {{"{name}", {{reinterpret_cast<const char*>(kData{n}), {path.stat().st_size}}}}},')
if not files:
    lines.append('  {"", {"", 0}},')
lines += ["};", "}  // namespace", f"std::span<const EmbeddedFile> embedded_files() {{ return {{kFiles, {len(files)}}}; }}", "}  // namespace kasane", ""]
out.parent.mkdir(parents=True, exist_ok=True)
out.write_text("\n".join(lines))
