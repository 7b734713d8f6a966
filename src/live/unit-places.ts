import type { Pipeline } from '../pipeline/types.ts';
import type { UnitPlace } from './border.ts';
import type { CodeUnit, CompiledCode } from './compile/unit.ts';

/** A place in a stage's own code, for a person; `where` names a module when it lies there instead. */
export interface SourcePlace {
  line?: number;
  column?: number;
  where: string;
}

/**
 * Turns a place in the code as it was loaded into one in the code as it was written. Lines are the same;
 * a column is told only where the line was loaded as it was written.
 */
export function sourcePlace(
  place: UnitPlace | null,
  stage: string | null,
  pipeline: Pipeline,
  code: CompiledCode,
): SourcePlace {
  const unit = place ? code.units[place.unit] : undefined;
  if (!place || !unit) return { where: '' };
  const index = pipeline.stages.findIndex((one) => one.id === stage);
  const isOwn =
    stage === null ? place.unit === code.sourceUnit : code.stageUnits[index] === place.unit;
  if (!isOwn) return { where: ` (in ${unit.name}, line ${place.line})` };
  const work = pipeline.stages[index]?.work;
  const source =
    work?.kind === 'code'
      ? work.source
      : pipeline.source.kind === 'code'
        ? pipeline.source.code
        : '';
  const written = source.split('\n')[place.line - 1];
  const loaded = loadedText(unit).split('\n')[place.line - 1];
  const isSame = written !== undefined && written === loaded;
  return { line: place.line, ...(isSame ? { column: place.column } : {}), where: '' };
}

/** With something that is no specifier where the imports are cut out: those lines never compare equal. */
const loadedText = (unit: CodeUnit): string => unit.pieces.join('\0');
