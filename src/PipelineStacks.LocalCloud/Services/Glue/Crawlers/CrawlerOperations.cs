using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Glue.Crawlers.Contracts;

namespace PipelineStacks.LocalCloud.Services.Glue.Crawlers;

/// <summary>The operations of crawlers and classifiers.</summary>
internal sealed class CrawlerOperations(GlueCrawlers crawlers, CrawlerRuns runs, CrawlerSchedules schedules, CrawlHistory history, Classifiers classifiers) : IGlueOperations
{
    public OperationTable AddTo(OperationTable table) => table
        .Add<CreateCrawlerRequest, Empty>("CreateCrawler", crawlers.Create)
        .Add<UpdateCrawlerRequest, Empty>("UpdateCrawler", crawlers.Update)
        .Add<CrawlerRequest, GetCrawlerResponse>("GetCrawler", crawlers.Get)
        .Add<GetCrawlersRequest, GetCrawlersResponse>("GetCrawlers", crawlers.GetAll)
        .Add<ListCrawlersRequest, ListCrawlersResponse>("ListCrawlers", crawlers.List)
        .Add<BatchGetCrawlersRequest, BatchGetCrawlersResponse>("BatchGetCrawlers", crawlers.BatchGet)
        .Add<CrawlerRequest, Empty>("DeleteCrawler", crawlers.Delete)
        .Add<CrawlerRequest, Empty>("StartCrawler", runs.Start)
        .Add<CrawlerRequest, Empty>("StopCrawler", runs.Stop)
        .Add<CrawlerScheduleRequest, Empty>("StartCrawlerSchedule", schedules.Start)
        .Add<CrawlerScheduleRequest, Empty>("StopCrawlerSchedule", schedules.Stop)
        .Add<UpdateCrawlerScheduleRequest, Empty>("UpdateCrawlerSchedule", schedules.Update)
        .Add<GetCrawlerMetricsRequest, GetCrawlerMetricsResponse>("GetCrawlerMetrics", history.Metrics)
        .Add<ListCrawlsRequest, ListCrawlsResponse>("ListCrawls", history.List)
        .Add<ClassifierInput, Empty>("CreateClassifier", classifiers.Create)
        .Add<ClassifierInput, Empty>("UpdateClassifier", classifiers.Update)
        .Add<ClassifierRequest, GetClassifierResponse>("GetClassifier", classifiers.Get)
        .Add<GetClassifiersRequest, GetClassifiersResponse>("GetClassifiers", classifiers.List)
        .Add<ClassifierRequest, Empty>("DeleteClassifier", classifiers.Delete);
}
