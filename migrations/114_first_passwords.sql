-- Until when (UTC milliseconds) a password that the program made and an administrator handed over opens anything; none where
-- the person has chosen the password.
ALTER TABLE account ADD COLUMN first_password_until {{i64}};
