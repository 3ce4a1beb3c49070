import { account } from '../support/environment.js';
import { boardLink } from '../support/boards.js';
import { alive, expect, open, test } from '../support/test.js';
import { en, zh } from '../support/words.js';

test('the right password leads to the boards', async ({ page }) => {
  const { email, password } = account('leader');
  await open(page, '/sign-in');
  await page.getByLabel(zh.sign_in.email).fill(email);
  await page.getByLabel(zh.sign_in.password).fill(password);
  await page.getByRole('button', { name: zh.sign_in.submit }).click();
  await expect(page).toHaveURL(/\/boards$/);
  await expect(page.getByRole('heading', { level: 1, name: zh.boards.title })).toBeVisible();
});

test.describe('a refused sign-in', () => {
  // The browser itself notes the refused request.
  test.use({ expected: ['401'] });

  test('says why, and keeps what was typed', async ({ page }) => {
    await open(page, '/sign-in');
    await page.getByLabel(zh.sign_in.email).fill('nobody@demo.lingdong');
    await page.getByLabel(zh.sign_in.password).fill('not the password');
    await page.getByRole('button', { name: zh.sign_in.submit }).click();
    await expect(page.getByRole('alert')).toContainText('邮箱或密码不正确');
    await expect(page).toHaveURL(/\/sign-in/);
    await expect(page.getByLabel(zh.sign_in.email)).toHaveValue('nobody@demo.lingdong');
  });
});

test('the language changes at once and stays', async ({ page }) => {
  await open(page, '/sign-in');
  await page.getByRole('button', { name: zh.common.language }).click();
  await page.getByRole('menuitemcheckbox', { name: 'English' }).click();
  await expect(page.getByRole('button', { name: en.sign_in.submit })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.reload();
  await alive(page);
  await expect(page.getByLabel(en.sign_in.password)).toBeVisible();
});

test('the browser’s language is the first one', async ({ browser }) => {
  const context = await browser.newContext({ locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await expect(page.getByRole('button', { name: en.sign_in.submit })).toBeVisible();
  await context.close();
});

test('the keyboard alone is enough', async ({ page }) => {
  const { email, password } = account('editor');
  await open(page, '/sign-in');
  const emailField = page.getByLabel(zh.sign_in.email);
  for (let presses = 0; presses < 10 && !(await emailField.evaluate((field) => field === document.activeElement)); presses++) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.type(email);
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/boards$/);
});

test('a page that needs a session comes back after signing in', async ({ page, as }) => {
  const signedIn = await as('leader');
  await open(signedIn, '/boards');
  const board = await boardLink(signedIn, '全国运营总览').getAttribute('href');
  const { email, password } = account('leader');
  await open(page, board!);
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await alive(page);
  await page.getByLabel(zh.sign_in.email).fill(email);
  await page.getByLabel(zh.sign_in.password).fill(password);
  await page.getByRole('button', { name: zh.sign_in.submit }).click();
  await expect(page).toHaveURL(new RegExp(`${board}$`));
});

test('signing out ends the session', async ({ page }) => {
  const { email, password } = account('leader');
  await open(page, '/sign-in');
  await page.getByLabel(zh.sign_in.email).fill(email);
  await page.getByLabel(zh.sign_in.password).fill(password);
  await page.getByRole('button', { name: zh.sign_in.submit }).click();
  await expect(page).toHaveURL(/\/boards$/);
  await page.getByLabel(zh.account.open).click();
  await page.getByRole('button', { name: zh.account.sign_out }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto('/boards');
  await expect(page).toHaveURL(/\/sign-in/);
});

test.describe('without wasm', () => {
  test.use({ javaScriptEnabled: false });

  test('people sign in and read a board', async ({ page }) => {
    const { email, password } = account('leader');
    await page.goto('/sign-in');
    await page.getByLabel(zh.sign_in.email).fill(email);
    await page.getByLabel(zh.sign_in.password).fill(password);
    await page.getByRole('button', { name: zh.sign_in.submit }).click();
    await boardLink(page, '全国运营总览').click();
    await expect(page.getByRole('article', { name: '近 24 小时播放次数' })).toContainText(/\d/);
  });

  test('a refusal is told', async ({ page }) => {
    await page.goto('/sign-in');
    await page.getByLabel(zh.sign_in.email).fill('nobody@demo.lingdong');
    await page.getByLabel(zh.sign_in.password).fill('not the password');
    await page.getByRole('button', { name: zh.sign_in.submit }).click();
    await expect(page.getByText('邮箱或密码不正确')).toBeVisible();
  });
});
