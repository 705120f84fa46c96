"""What is done with out-of-pool money; each verb takes many as it takes one and answers with an Outcome.

items.add/change/remove/enter_many, deciding.decide, settling.settle, steps.take, plans.set_plan,
expectancy.set_expectancy, ends.end_by_death.
"""
