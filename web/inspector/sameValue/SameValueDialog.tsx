import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../ui/Button.tsx';
import { DialogForm, TextField } from '../../ui/DialogForm.tsx';
import { FoundSessions } from './FoundSessions.tsx';
import { faultsOf, SameValueSearch, type Member, type MemberFaults } from './sameValue.ts';
import type { SameValueProps } from './sameValueProps.ts';
import { texts } from './texts.ts';
import './SameValue.css';

/** Finds the sessions with the same value in one member, such as those of one user, and ends all but one. */
export function SameValueDialog(props: SameValueProps) {
  const { inspector, start } = props;
  const [search] = useState(() => new SameValueSearch(inspector));
  const [member, setMember] = useState<Member>({
    key: start?.key ?? '',
    path: start?.path ?? '$',
    value: start?.json ?? '',
  });
  const [faults, setFaults] = useState<MemberFaults>({});
  useEffect(() => {
    const end = search.open();
    if (start) search.search({ key: start.key, path: start.path, value: start.json });
    return end;
  }, [search, start]);
  const submit = () => {
    const found = faultsOf(member);
    setFaults(found);
    if (Object.keys(found).length === 0) search.search(member);
  };
  const fieldOf = (name: keyof Member) => ({
    value: member[name],
    spellCheck: false,
    autoComplete: 'off',
    'aria-invalid': faults[name] !== undefined,
    onChange: (event: { readonly target: { readonly value: string } }) =>
      setMember({ ...member, [name]: event.target.value }),
  });
  const found = useStore(search.store, (view) => view.found);
  return (
    <>
      <DialogForm
        onSubmit={submit}
        buttons={
          <Button look="primary" type="submit">
            {texts.find}
          </Button>
        }
      >
        <TextField label={texts.key} hint={faults.key} {...fieldOf('key')} />
        <TextField label={texts.path} hint={faults.path ?? texts.pathHint} {...fieldOf('path')} />
        <TextField
          label={texts.value}
          hint={faults.value ?? texts.valueHint}
          {...fieldOf('value')}
        />
      </DialogForm>
      <FoundSessions {...props} found={found} />
    </>
  );
}
