"""What outside translators are given: reads review, memory and pages, writes commissions; they see nothing else."""
