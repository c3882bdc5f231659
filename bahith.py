"""bahith"""
