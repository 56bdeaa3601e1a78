// What the pages gain when scripts run. Each page does its whole work without them.
import { Button } from "govuk-frontend/dist/govuk/components/button/button.mjs";
import { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import { NotificationBanner } from "govuk-frontend/dist/govuk/components/notification-banner/notification-banner.mjs";
import { enhanceFilterOptions } from "./filter-options.js";
import { enhanceMenus } from "./menus.js";
import { enhancePrinting } from "./printing.js";
import { enhanceProgress } from "./progress.js";
import { enhanceSelectAll } from "./select-all.js";
import { enhanceSuggestions } from "./suggestions.js";
import { enhanceUnsaved } from "./unsaved.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");

const each = (selector, enhance) => document.querySelectorAll(selector).forEach((element) => enhance(element));

each('[data-module="govuk-button"]', (element) => new Button(element, { preventDoubleClick: true }));
each('[data-module="govuk-error-summary"]', (element) => new ErrorSummary(element));
each('[data-module="govuk-notification-banner"]', (element) => new NotificationBanner(element));
each("details[data-menu]", enhanceMenus);
each("[data-filter-options]", enhanceFilterOptions);
each("[data-print]", enhancePrinting);
each("[data-progress-url]", enhanceProgress);
each("[data-select-all]", enhanceSelectAll);
each("input[data-suggest-url]", enhanceSuggestions);
each("form[data-warn-unsaved]", enhanceUnsaved);
