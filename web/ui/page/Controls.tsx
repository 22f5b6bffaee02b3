import { useState } from 'react';
import { Button, IconButton } from '../Button.tsx';
import { Ellipsis, Plus } from 'lucide-react';
import { Menu } from '../Menu.tsx';
import { Popover } from '../Popover.tsx';
import { SearchField } from '../SearchField.tsx';
import { Switch } from '../Switch.tsx';
import { Specimen } from './Specimen.tsx';
import { texts } from './texts.ts';

const nothing = () => undefined;
const checked: ReadonlySet<'order' | 'keys'> = new Set(['order']);

export function Controls() {
  return (
    <>
      <Specimen name={texts.buttons}>
        <Button look="primary">{texts.send}</Button>
        <Button>{texts.cancel}</Button>
        <Button look="quiet">{texts.more}</Button>
        <Button look="danger">{texts.delete}</Button>
        <Button aria-pressed>{texts.pressed}</Button>
        <Button disabled>{texts.disabled}</Button>
        <Button look="primary" disabled>
          {texts.disabled}
        </Button>
        <IconButton label={texts.newTab} icon={<Plus size={16} />} />
      </Specimen>
      <Fields />
      <Choices />
      <Specimen name={texts.menus} isTall>
        <Menu
          label={texts.commands}
          icon={<Ellipsis size={14} />}
          items={[
            { id: 'SH_NEW', label: 'SH_NEW', hint: texts.createSession, group: texts.commands },
            { id: 'KV_GET', label: 'KV_GET', hint: texts.readKeys, group: texts.commands },
            {
              id: 'order',
              label: texts.newestFirst,
              hint: 'F8',
              group: texts.display,
              isPlain: true,
            },
          ]}
          onPick={nothing}
        />
        <Menu
          label={texts.show}
          checked={checked}
          items={[
            { id: 'order', label: texts.newestFirst, isPlain: true },
            { id: 'keys', label: texts.readKeys, isPlain: true },
          ]}
          onPick={nothing}
        />
        <Popover
          label={texts.variables}
          title={texts.reusable}
          face={texts.variables}
          closeLabel={texts.close}
        >
          <p className="popover-text">{texts.reusable}</p>
        </Popover>
      </Specimen>
    </>
  );
}

function Fields() {
  const [search, setSearch] = useState('');
  const searching = { search, onSearch: setSearch };
  return (
    <Specimen name={texts.fields}>
      <input className="field" aria-label={texts.name} defaultValue={texts.name} />
      <input className="field" aria-label={texts.readOnly} defaultValue={texts.readOnly} readOnly />
      <input className="field" aria-label={texts.disabled} defaultValue={texts.disabled} disabled />
      <input className="field" aria-label={texts.wrong} defaultValue={texts.wrong} aria-invalid />
      <select className="field" aria-label={texts.newest}>
        <option>{texts.newest}</option>
      </select>
      <textarea className="field" aria-label={texts.note} defaultValue={texts.note} rows={2} />
      <SearchField label={texts.find} {...searching} />
      <SearchField label={texts.findMessages} {...searching} aria-invalid>
        <IconButton label={texts.matchCase} icon="Aa" aria-pressed />
      </SearchField>
    </Specimen>
  );
}

function Choices() {
  const [isOn, setOn] = useState(true);
  return (
    <Specimen name={texts.choices}>
      <div className="specimen-wide">
        {[isOn, !isOn].map((state) => (
          <Switch
            key={String(state)}
            label={texts.option}
            hint={texts.optionHint}
            isOn={state}
            onToggle={() => setOn(!isOn)}
          />
        ))}
      </div>
      {[true, false].map((isChecked) => (
        <label key={String(isChecked)}>
          <input type="checkbox" defaultChecked={isChecked} /> {texts.option}
        </label>
      ))}
      {[texts.general, texts.shortcuts].map((choice, index) => (
        <label key={choice}>
          <input type="radio" name="choice" defaultChecked={index === 0} /> {choice}
        </label>
      ))}
    </Specimen>
  );
}
