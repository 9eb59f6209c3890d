import './checkpoint.mjs';
import './ed25519.mjs';
import './json.mjs';
import './note.mjs';
import './tlog-proof.mjs';
import './tree.mjs';
