interface Paints {
  readonly page: string;
  readonly bar: string;
  readonly line: string;
  readonly text: string;
  readonly accent: string;
}

/** As in theme.css: each picture shows its theme, whichever is in force. */
const light: Paints = {
  page: '#ffffff',
  bar: '#f8f9fb',
  line: '#dfe2ea',
  text: '#8a90a2',
  accent: '#4f46e5',
};
const dark: Paints = {
  page: '#161922',
  bar: '#1b1f2a',
  line: '#2a3040',
  text: '#6b7389',
  accent: '#5659e8',
};

/** The console in a theme, drawn small. System: one half in each. */
export function ThemePicture({ theme }: { readonly theme: 'light' | 'dark' | 'system' }) {
  return (
    <svg className="settings-swatch" viewBox="0 0 160 96" aria-hidden>
      <Console paints={theme === 'dark' ? dark : light} />
      {theme === 'system' && (
        <g clipPath="polygon(60% 0, 100% 0, 100% 100%, 40% 100%)">
          <Console paints={dark} />
        </g>
      )}
    </svg>
  );
}

function Console({ paints: { page, bar, line, text, accent } }: { readonly paints: Paints }) {
  return (
    <>
      <path fill={page} d="M0 0h160v96H0z" />
      <path fill={bar} d="M0 0h160v12H0zM0 12h12v84H0z" />
      <path stroke={line} d="M0 12h160M12 12v84M112 12v84M12 46h100" />
      <path
        stroke={text}
        strokeWidth={2}
        d="M18 20h30M22 26h40M18 32h10M118 20h28M118 28h20M118 36h24"
      />
      <path stroke={text} strokeWidth={2} d="M18 54h60M18 62h48M18 70h66M18 78h40" />
      <path fill={accent} d="M92 36h16v7H92zM3 17h6v6H3z" />
    </>
  );
}
