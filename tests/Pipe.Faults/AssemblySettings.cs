// The tests load the machine with processes of their own; side by side they would only wait for each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
