#!/usr/bin/env bash
# How fast text is generated, side by side and in turn: the loop in the graph against feeding results back step by step, and
# Tunebench against transformers' generate on the CPU. Prints tables of medians.
#   tools/generation-speed.sh MODEL_DIR [python with torch and transformers]
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
model="$(cd "$1" && pwd)"
cd "$root"
mvn -B -q process-test-classes
classpath="$root/core/target/test-classes:$(sed -E "s#(/target)/[a-z-]+-[0-9][^/:]*\.jar#\1/classes#g" .tunebench/onnxruntime_gpu.classpath)"
embedded="$root/benchmarks-data/src/main/resources/org/tunebench/benchmarks/base"
java -Xmx1g -cp "$classpath" org.tunebench.core.runtime.LoopBenchmark 11 64 "$embedded" "$model"
if [ -n "${2:-}" ]; then
  CLASSPATH="$classpath" "$2" tools/generation_speed.py "$model"
fi
