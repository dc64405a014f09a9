#!/usr/bin/env bash
# Puts the oracles (TensorFlow Lite Micro, LiteRT, TensorFlow, Keras) into a private Python environment:
#   install.sh [FOLDER]
# or, with other versions beside them, the converters that tools/oracle/defaults.mjs compares with:
#   install.sh peers [FOLDER]
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
if [ "${1:-}" = peers ]; then
  environment=${2:-$root/.cache/peers-python}
  requirements=requirements-peers.txt modules='ai_edge_litert, litert_quantizer' ready='peers ready'
else
  environment=${1:-$root/.cache/oracle}
  requirements=requirements.txt modules='ai_edge_litert, h5py, tensorflow, tf_keras, tflite_micro' ready='oracles ready'
fi
[ -x "$environment/bin/python" ] || python3 -m venv "$environment"
"$environment/bin/python" -m pip install --quiet --disable-pip-version-check -r "$root/tools/oracle/$requirements"
if [ "${1:-}" != peers ]; then
  # The version that the profiles name, in a folder of its own: tools/oracle/rows.spec.ts asks both.
  "$environment/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --upgrade \
    --target "$environment/litert-2.1.0" -r "$root/tools/oracle/requirements-litert-2.1.0.txt"
fi
"$environment/bin/python" -c "import $modules; print('$ready')" 2>/dev/null
