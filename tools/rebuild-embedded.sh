#!/usr/bin/env bash
# Makes everything generated in benchmarks-data anew, and with it the embedded base model:
# suites, instruction data, tokenizer (seconds), then pre-training by pretrain.yaml (about two and a half minutes of CPU).
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
resources="$root/benchmarks-data/src/main/resources/org/tunebench/benchmarks"
cd "$root"
mvn -B -q process-test-classes
classpath="$(sed -E "s#(/target)/[a-z-]+-[0-9][^/:]*\.jar#\1/classes#g" .tunebench/onnxruntime_gpu.classpath)"
java -Xmx2g -cp "$classpath" org.tunebench.benchmarks.Generate "$resources"
mvn -B -q process-resources
java -Xmx2g -cp "$classpath" org.tunebench.benchmarks.Pretrain "$resources"
