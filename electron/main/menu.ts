/** The application's menu: what a keyboard expects of every program. The ticket's own keys are the page's. */
import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { Language } from '#shared/domain/model.ts';
import { menuTexts } from './menu-texts.ts';

export function setMenu(language: Language): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(language)));
}

function menuTemplate(language: Language): MenuItemConstructorOptions[] {
  const text = menuTexts[language];
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const forDevelopment: MenuItemConstructorOptions[] = [separator, { role: 'reload' }, { role: 'toggleDevTools' }];
  const menu: MenuItemConstructorOptions[] = [
    {
      label: text.edit,
      submenu: [
        { role: 'undo', label: text.undo },
        { role: 'redo', label: text.redo },
        separator,
        { role: 'cut', label: text.cut },
        { role: 'copy', label: text.copy },
        { role: 'paste', label: text.paste },
        { role: 'selectAll', label: text.selectAll },
      ],
    },
    {
      label: text.view,
      submenu: [
        { role: 'zoomIn', label: text.zoomIn },
        { role: 'zoomOut', label: text.zoomOut },
        { role: 'resetZoom', label: text.resetZoom },
        separator,
        { role: 'togglefullscreen', label: text.fullScreen },
        ...(app.isPackaged ? [] : forDevelopment),
      ],
    },
    {
      label: text.window,
      submenu: [
        { role: 'minimize', label: text.minimize },
        { role: 'close', label: text.close },
        separator,
        { role: 'quit', label: text.quit },
      ],
    },
  ];
  return process.platform === 'darwin' ? [{ role: 'appMenu' }, ...menu] : menu;
}
