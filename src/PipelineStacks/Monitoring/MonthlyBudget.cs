using Amazon.CDK.AWS.Budgets;
using Constructs;
using PipelineStacks.Model.Settings;
using static Amazon.CDK.AWS.Budgets.CfnBudget;

namespace PipelineStacks.Monitoring;

/// <summary>What <see cref="MonthlyBudget"/> is made of.</summary>
public sealed record MonthlyBudgetProps
{
    /// <summary>The environment.</summary>
    public required EnvironmentSettings Settings { get; init; }

    /// <summary>Dollars a month.</summary>
    public required int Dollars { get; init; }

    /// <summary>Who is told.</summary>
    public required AlarmTopics Topics { get; init; }
}

/// <summary>What the environment may cost a month: somebody is told when most of it is spent, and when the month is foreseen to cost more.</summary>
public sealed class MonthlyBudget : Construct
{
    private const double MostOfIt = 80;

    /// <summary>Creates the budget.</summary>
    public MonthlyBudget(Construct scope, string id, MonthlyBudgetProps props)
        : base(scope, id) => new CfnBudget(this, "Budget", new CfnBudgetProps
    {
        Budget = new BudgetDataProperty
        {
            BudgetName = new Names(props.Settings.Name).Budget,
            BudgetType = "COST",
            TimeUnit = "MONTHLY",
            BudgetLimit = new SpendProperty { Amount = props.Dollars, Unit = "USD" },
            CostFilters = new Dictionary<string, object> { ["TagKeyValue"] = new[] { $"user:environment${props.Settings.Name}" } },
        },
        NotificationsWithSubscribers = new[] { Notify(props, "ACTUAL", MostOfIt), Notify(props, "FORECASTED", 100) },
    });

    private static NotificationWithSubscribersProperty Notify(MonthlyBudgetProps props, string kind, double percent) => new()
    {
        Notification = new NotificationProperty { NotificationType = kind, ComparisonOperator = "GREATER_THAN", Threshold = percent, ThresholdType = "PERCENTAGE" },
        Subscribers = new[] { new SubscriberProperty { SubscriptionType = "SNS", Address = props.Topics.Warning } },
    };
}
