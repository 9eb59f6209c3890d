import { openIn } from '../cell/world.ts';

/** `open-child.ts DIRECTORY`: opens a cell and says how that went. */
const [directory = ''] = process.argv.slice(2);

try {
  const cell = await openIn(directory);
  await cell.close();
  console.log('opened');
} catch (error) {
  console.log(error instanceof Error ? error.message : error);
}
