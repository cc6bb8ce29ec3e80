using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Glue.Quality.Contracts;
using PipelineStacks.LocalCloud.Services.Glue.Quality.Dqdl;

namespace PipelineStacks.LocalCloud.Services.Glue.Quality;

/// <summary>Data Quality rulesets: DQDL, and the table that it is about.</summary>
internal sealed class GlueRulesets(QualityState state, GlueTags tags, TimeProvider time)
{
    public DataQualityRulesetName Create(Call call, CreateDataQualityRulesetRequest request)
    {
        call.Authorize("glue:CreateDataQualityRuleset", QualityState.Arn(call, request.Name));
        if (string.IsNullOrEmpty(request.Name) || request.Name.Length > 255)
            throw GlueErrors.Invalid("A ruleset's name must have between 1 and 255 characters.");
        DqdlParser.Parse(request.Ruleset);
        var now = time.GetUtcNow();
        var ruleset = new DataQualityRuleset
        {
            Name = request.Name,
            Description = request.Description,
            Ruleset = request.Ruleset,
            TargetTable = request.TargetTable,
            CreatedOn = now,
            LastModifiedOn = now,
            DataQualitySecurityConfiguration = request.DataQualitySecurityConfiguration,
        };
        if (!state.Rulesets.TryAdd(QualityState.Key(call, request.Name), ruleset))
            throw new ServiceException("AlreadyExistsException", $"Data quality ruleset {request.Name} already exists.");
        if (request.Tags is { Count: > 0 })
            tags.Put(call, QualityState.Arn(call, request.Name), request.Tags);
        return new(request.Name);
    }

    public DataQualityRuleset Get(Call call, DataQualityRulesetName request)
    {
        call.Authorize("glue:GetDataQualityRuleset", QualityState.Arn(call, request.Name));
        return state.Find(call, request.Name);
    }

    public UpdateDataQualityRulesetResponse Update(Call call, UpdateDataQualityRulesetRequest request)
    {
        call.Authorize("glue:UpdateDataQualityRuleset", QualityState.Arn(call, request.Name));
        if (request.Ruleset is not null)
            DqdlParser.Parse(request.Ruleset);
        state.Find(call, request.Name);
        var after = state.Rulesets.Update(QualityState.Key(call, request.Name), before => before with
        {
            Description = request.Description ?? before.Description,
            Ruleset = request.Ruleset ?? before.Ruleset,
            LastModifiedOn = time.GetUtcNow(),
        })!;
        return new(after.Name, after.Description, after.Ruleset);
    }

    public Empty Delete(Call call, DataQualityRulesetName request)
    {
        call.Authorize("glue:DeleteDataQualityRuleset", QualityState.Arn(call, request.Name));
        state.Find(call, request.Name);
        state.Rulesets.Remove(QualityState.Key(call, request.Name));
        tags.Forget(call, QualityState.Arn(call, request.Name));
        return Empty.Value;
    }

    public ListDataQualityRulesetsResponse List(Call call, ListDataQualityRulesetsRequest request)
    {
        call.Authorize("glue:ListDataQualityRulesets", "*");
        var found = state.Rulesets.In(call.Account, call.Region)
            .Where(ruleset => Matches(ruleset, request.Filter) && IsTagged(call, ruleset.Name, request.Tags))
            .Select(ruleset => new DataQualityRulesetListDetails(
                ruleset.Name, ruleset.Description, ruleset.CreatedOn, ruleset.LastModifiedOn, ruleset.TargetTable, DqdlParser.Parse(ruleset.Ruleset).Count));
        var page = GluePages.Of(found, request.NextToken, request.MaxResults, 1000);
        return new(page.Items, page.Next);
    }

    private bool IsTagged(Call call, string name, IReadOnlyDictionary<string, string>? wanted) =>
        wanted is null || tags.Of(call, QualityState.Arn(call, name)) is var has && wanted.All(tag => has.TryGetValue(tag.Key, out var value) && value == tag.Value);

    private static bool Matches(DataQualityRuleset ruleset, DataQualityRulesetFilterCriteria? filter) => filter is null
        || ((filter.Name is null || filter.Name == ruleset.Name)
            && (filter.Description is null || filter.Description == ruleset.Description)
            && !(ruleset.CreatedOn >= filter.CreatedBefore) && !(ruleset.CreatedOn <= filter.CreatedAfter)
            && !(ruleset.LastModifiedOn >= filter.LastModifiedBefore) && !(ruleset.LastModifiedOn <= filter.LastModifiedAfter)
            && (filter.TargetTable is not { } table || (ruleset.TargetTable?.DatabaseName == table.DatabaseName && ruleset.TargetTable.TableName == table.TableName)));
}
