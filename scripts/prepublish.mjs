// npm runs this before it publishes: provenance is about the repository, so it must be named.
import packageJson from '../package.json' with { type: 'json' };

const { repository } = packageJson;
const url = typeof repository === 'string' ? repository : repository?.url;
if (!url) {
  process.stderr.write(
    'package.json has no "repository": set it to the address that this is published from.\n',
  );
  process.exitCode = 1;
}
