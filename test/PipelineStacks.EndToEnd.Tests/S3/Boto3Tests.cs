using PipelineStacks.EndToEnd.Tests.Fixtures;

namespace PipelineStacks.EndToEnd.Tests.S3;

public sealed class Boto3Tests(LocalCloudProcess cloud) : IClassFixture<LocalCloudProcess>
{
    [Fact]
    public async Task Boto3_ObjectsListingsAndPresignedUrls_WorkAsOnAws() => (await cloud.PythonAsync("""
        import urllib.request, io
        s3 = client("s3")
        s3.create_bucket(Bucket="boto", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
        keys = ["a/1", "a/2", "b é/☃", "b é/\U0001F600", "c d+e%25", "z"]
        for key in keys:
            s3.put_object(Bucket="boto", Key=key, Body=key.encode(), Metadata={"k": "v"}, ContentType="text/x")
        pages = s3.get_paginator("list_objects_v2").paginate(Bucket="boto", PaginationConfig={"PageSize": 2})
        assert [o["Key"] for page in pages for o in page["Contents"]] == keys
        pages = list(s3.get_paginator("list_objects").paginate(Bucket="boto", Delimiter="/", PaginationConfig={"PageSize": 1}))
        assert [p["Prefix"] for page in pages for p in page.get("CommonPrefixes", [])] == ["a/", "b é/"]
        assert [o["Key"] for page in pages for o in page.get("Contents", [])] == ["c d+e%25", "z"]
        got = s3.get_object(Bucket="boto", Key="b é/\U0001F600")
        assert got["Body"].read().decode() == "b é/\U0001F600" and got["Metadata"] == {"k": "v"}
        url = s3.generate_presigned_url("get_object", Params={"Bucket": "boto", "Key": "c d+e%25", "ResponseContentType": "text/y"},
            ExpiresIn=60)
        with urllib.request.urlopen(url) as answer:
            assert answer.read() == b"c d+e%25" and answer.headers["Content-Type"] == "text/y"
        url = s3.generate_presigned_url("put_object", Params={"Bucket": "boto", "Key": "put"}, ExpiresIn=60)
        urllib.request.urlopen(urllib.request.Request(url, data=b"by url", method="PUT", headers={"Content-Type": ""}))
        assert s3.get_object(Bucket="boto", Key="put")["Body"].read() == b"by url"
        s3.upload_fileobj(io.BytesIO(b"x" * 9_000_000), "boto", "large")
        assert s3.head_object(Bucket="boto", Key="large")["ContentLength"] == 9_000_000
        deleted = s3.delete_objects(Bucket="boto", Delete={"Objects": [{"Key": k} for k in keys + ["put", "large", "never"]]})
        assert len(deleted["Deleted"]) == len(keys) + 3
        s3.delete_bucket(Bucket="boto")
        """)).Succeeded();
}
