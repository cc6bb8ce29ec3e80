using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.Budgets;

internal sealed record BudgetProperties
{
    public required BudgetData Budget { get; init; }

    [NoLocalEffect("Nothing costs anything here, so that there is nothing to notify of.")]
    public JsonArray? NotificationsWithSubscribers { get; init; }

    public IReadOnlyList<Tag>? ResourceTags { get; init; }

    internal sealed record BudgetData
    {
        [CreateOnly]
        public string? BudgetName { get; init; }

        public required string BudgetType { get; init; }

        public required string TimeUnit { get; init; }

        [NoLocalEffect("Nothing costs anything here.")]
        public Spend? BudgetLimit { get; init; }

        [NoLocalEffect("Nothing costs anything here.")]
        public JsonObject? CostFilters { get; init; }
    }

    internal sealed record Spend(double Amount, string Unit);
}

/// <summary><c>AWS::Budgets::Budget</c>. There is no service behind it: stacks that have a budget deploy, and nothing is ever spent.</summary>
internal sealed class BudgetProvisioner() : Provisioner<BudgetProperties>("AWS::Budgets::Budget")
{
    private static readonly string[] Types = ["COST", "USAGE", "RI_UTILIZATION", "RI_COVERAGE", "SAVINGS_PLANS_UTILIZATION", "SAVINGS_PLANS_COVERAGE"];
    private static readonly string[] Units = ["DAILY", "MONTHLY", "QUARTERLY", "ANNUALLY"];

    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, BudgetProperties properties)
    {
        var name = properties.Budget.BudgetName ?? context.NewName(100);
        Begin(context, "budgets:CreateBudget", name);
        Check(properties.Budget);
        return ValueTask.FromResult(new Provisioned(name));
    }

    protected override ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, BudgetProperties before, BudgetProperties after)
    {
        Begin(context, "budgets:UpdateBudget", physicalId);
        Check(after.Budget);
        return ValueTask.FromResult(new Provisioned(physicalId));
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, BudgetProperties properties)
    {
        Begin(context, "budgets:DeleteBudget", physicalId);
        return ValueTask.CompletedTask;
    }

    // Budgets belong to the account, whatever the Region.
    private static void Begin(ProvisionContext context, string action, string name) =>
        context.Call.Authorize(action, $"arn:aws:budgets::{context.Call.Account}:budget/{name}");

    private static void Check(BudgetProperties.BudgetData budget)
    {
        if (!Types.Contains(budget.BudgetType))
            throw new ServiceException("InvalidParameterException", $"BudgetType {budget.BudgetType} must be one of {string.Join(", ", Types)}.");
        if (!Units.Contains(budget.TimeUnit))
            throw new ServiceException("InvalidParameterException", $"TimeUnit {budget.TimeUnit} must be one of {string.Join(", ", Units)}.");
    }
}
