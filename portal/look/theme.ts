/** Mantine dressed in the tokens, for fingers: fields and buttons of 48 px, texts of 16. */
import { createTheme } from '@mantine/core';
import { accent } from '../../resources/look/mantine.ts';

/** What opens stays in its part of the page: screen readers find it there. */
const floating = { transitionProps: { transition: 'fade', duration: 120 }, shadow: 'md', withinPortal: false } as const;

export const theme = createTheme({
  colors: { accent },
  primaryColor: 'accent',
  primaryShade: { light: 5, dark: 5 },
  fontFamily: 'var(--font)',
  fontSizes: { xs: '12px', sm: '13px', md: '16px', lg: '16px', xl: '28px' },
  lineHeights: { xs: '16px', sm: '20px', md: '24px', lg: '24px', xl: '36px' },
  radius: { xs: '4px', sm: '4px', md: '6px', lg: '10px', xl: '10px' },
  defaultRadius: 'md',
  shadows: { md: 'var(--shadow-pop)', lg: 'var(--shadow-pop)' },
  cursorType: 'pointer',
  focusRing: 'never',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { variant: 'default' } },
    Select: { defaultProps: { comboboxProps: floating, checkIconPosition: 'right' } },
    Combobox: { defaultProps: floating },
    Popover: { defaultProps: floating },
  },
});
