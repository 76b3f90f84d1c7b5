"""What outcomes of many draws say: differences, intervals, money by payer, net benefit, the worth of knowing. Pure.

It is given numbers and gives numbers, tables and plain text. It knows no simulator: outcomes counted from real
histories go through the same functions.
"""
