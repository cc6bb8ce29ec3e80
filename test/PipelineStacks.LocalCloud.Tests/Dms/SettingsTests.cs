namespace PipelineStacks.LocalCloud.Tests.Dms;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("\"PreserveTransactions\":true,\"CdcPath\":\"x\",\"DatePartitionEnabled\":true", "InvalidParameterCombinationException: PreserveTransactions can't be used together with DatePartitionEnabled.")]
    [InlineData("\"CdcPath\":\"x\",\"AddColumnName\":true", "InvalidParameterCombinationException: PreserveTransactions or CdcPath can't be used together with AddColumnName.")]
    [InlineData("\"CdcInsertsOnly\":true,\"CdcInsertsAndUpdates\":true", "InvalidParameterCombinationException: The CdcInsertsOnly and CdcInsertsAndUpdates settings can't both be set to true for the same endpoint.")]
    [InlineData("\"EncryptionMode\":\"SSE_KMS\"", "InvalidParameterCombinationException: ServerSideEncryptionKmsKeyId is required when EncryptionMode is SSE_KMS.")]
    [InlineData("\"GlueCatalogGeneration\":true", "NotImplementedByLocalCloud: S3Settings.GlueCatalogGeneration is not supported by the local cloud.")]
    public async Task S3Settings_ThatAreIllegal_AreRefused(string settings, string error)
    {
        var cloud = new TestCloud();
        await cloud.InitializeAsync();
        (await cloud.JsonErrorAsync("AmazonDMSv20160101.CreateEndpoint", $$"""
            {"EndpointIdentifier":"t","EndpointType":"target","EngineName":"s3","S3Settings":{"BucketName":"b","ServiceAccessRoleArn":"arn:aws:iam::000000000000:role/r",{{settings}} } }
            """)).ShouldBe(error);
        await cloud.DisposeAsync();
    }

    [Fact]
    public async Task SubnetGroup_WithoutTheAccountsRole_IsRefused()
    {
        var cloud = new TestCloud();
        await cloud.InitializeAsync();
        (await cloud.JsonErrorAsync("AmazonDMSv20160101.CreateReplicationSubnetGroup",
            """{"ReplicationSubnetGroupIdentifier":"g","ReplicationSubnetGroupDescription":"d","SubnetIds":["subnet-1","subnet-2"]}"""))
            .ShouldBe("AccessDeniedFault: The IAM Role arn:aws:iam::000000000000:role/dms-vpc-role is not configured properly.");
        await cloud.DisposeAsync();
    }
}
