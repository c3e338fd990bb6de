ALTER TABLE core.double_review ADD COLUMN unsettled_count INTEGER;
COMMENT ON COLUMN core.double_review.unsettled_count IS 'Read twice, differently, and settled by nobody yet: counted neither as right nor as wrong. Until it is 0, error_share is too low rather than too high.';
