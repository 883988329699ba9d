// What a page cannot do by itself. Every page works without this file; nothing here keeps personal data in the
// browser, and nothing acts while an input method has an open composition.
import { DateBox } from "./date_box";
import { keep_details } from "./details";
import { keep_drafts } from "./drafts";
import { follow_sittings } from "./live";
import { MarkBar } from "./marks";
import { guard_against_repeats } from "./once";
import { focus_fault_list, make_scrollers_reachable } from "./page";
import { DependentField, update_dependent_fields } from "./when";

customElements.define("k-date", DateBox);
customElements.define("k-marks", MarkBar);
customElements.define("k-when", DependentField);

keep_details();
guard_against_repeats();
make_scrollers_reachable();
update_dependent_fields(document);
for (const form of document.querySelectorAll<HTMLFormElement>("form[data-draft]")) keep_drafts(form);
follow_sittings();
focus_fault_list();
