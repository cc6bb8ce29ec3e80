// One Node process serves every construct of this process, one call at a time: tests in parallel would only wait for each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
