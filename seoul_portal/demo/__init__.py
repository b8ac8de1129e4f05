"""What a first visitor finds: invented voices, played through the real actions."""
