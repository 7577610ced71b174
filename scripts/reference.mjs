// Installs the newest release of the OpenQuake engine, the reference, in a virtual environment of its own:
// `node scripts/reference.mjs FOLDER [VERSION]`. The last line it prints is the path of the Python there. What is installed already
// stays. It needs python3 (3.11 or later) and a package index; without them it says so and ends with 1.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const [folder = '.reference', version] = process.argv.slice(2);
const root = resolve(folder);
const python = join(root, 'bin', 'python');

/** Prints the packages that the engine requires here, one a line, but GDAL: hazard needs none of it, and it must be compiled. */
const REQUIREMENTS = `
from importlib.metadata import requires
from pip._vendor.packaging.requirements import Requirement
for text in requires("openquake-engine") or []:
    need = Requirement(text)
    if need.name.lower() != "gdal" and (need.marker is None or need.marker.evaluate({"extra": ""})):
        print(f"{need.name}{need.specifier}")
`;

function run(command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status === 0) return stdout;
  const reason = (error?.message ?? stderr ?? '').trim().split('\n').at(-1);
  console.log(`the reference engine cannot be installed: ${command} ${args[1] ?? ''} ${args[2] ?? ''}: ${reason}`);
  process.exit(1);
}

const works = () => spawnSync(python, ['-c', 'import openquake.calculators.base'], { stdio: 'ignore' }).status === 0;

if (!existsSync(python) || !works()) {
  run(process.env.PYTHON ?? 'python3', ['-m', 'venv', root]);
  run(python, ['-m', 'pip', 'install', '--quiet', '--no-deps', `openquake-engine${version ? `==${version}` : ''}`]);
  const packages = run(python, ['-c', REQUIREMENTS]).trim().split('\n');
  run(python, ['-m', 'pip', 'install', '--quiet', ...packages]);
  if (!works()) {
    console.log(`the reference engine in ${root} does not start`);
    process.exit(1);
  }
}
console.log(python);
