import { useId } from 'react';
import { formatIds, formats, isScript, type FormatId } from './formats.ts';
import { texts } from './texts.ts';

interface FormatChoiceProps {
  readonly chosen: FormatId;
  readonly onChoose: (id: FormatId) => void;
}

/** One choice out of all formats, shown in two groups. */
export function FormatChoice({ chosen, onChoose }: FormatChoiceProps) {
  const name = useId();
  const groups = [
    { title: texts.data, ids: formatIds.filter((id) => !isScript(id)) },
    { title: texts.tests, ids: formatIds.filter(isScript) },
  ];
  return (
    <div role="radiogroup" aria-label={texts.format} className="export-formats">
      {groups.map(({ title, ids }) => (
        <div key={title} role="presentation">
          <h3>{title}</h3>
          {ids.map((id) => (
            <label key={id} className="export-format">
              <input
                type="radio"
                name={name}
                checked={id === chosen}
                onChange={() => onChoose(id)}
              />
              {formats[id].label}
            </label>
          ))}
        </div>
      ))}
    </div>
  );
}
