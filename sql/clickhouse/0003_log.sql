-- Why a key changed its owner: told by the log between the events of the same commits.
ALTER TABLE owners
  ADD COLUMN IF NOT EXISTS cause Enum8('unsaid' = 0, 'link' = 1, 'alias' = 2, 'undo' = 3, 'removal' = 4) DEFAULT 'unsaid';
