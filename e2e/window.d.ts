/** The automation hook of the console, as `docs/automation.md` promises it. */
interface Window {
  seshdeck: {
    composer: {
      setText: (text: string) => void;
      getText: () => string;
    };
  };
}
