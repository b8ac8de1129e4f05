"""The portal as an operator has it: backups, metrics, logs, containers, upgrades."""
