-- The one rule of whom prompts name; views and the program ask it here.

CREATE MACRO is_prompted(prompted, label, name) AS prompted IN (label, name);
COMMENT ON MACRO is_prompted IS 'is_prompted(prompted_country, label, name): whether prompts that name a country or group name the people of a country label: every label of the country, also of a group that the survey puts into it, or the group of that label. NULL where they name nobody.';
