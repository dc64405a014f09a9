#!/usr/bin/env bash
# Puts the oracles (TensorFlow Lite Micro, LiteRT, TensorFlow, Keras) into a private Python environment.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
environment=${1:-$root/.cache/oracle}
[ -x "$environment/bin/python" ] || python3 -m venv "$environment"
"$environment/bin/python" -m pip install --quiet --disable-pip-version-check -r "$root/tools/oracle/requirements.txt"
"$environment/bin/python" -c 'import ai_edge_litert, h5py, tensorflow, tf_keras, tflite_micro; print("oracles ready")' 2>/dev/null
