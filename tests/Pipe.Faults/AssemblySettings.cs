using Xunit.Sdk;
using Xunit.v3;

// The tests load the machine with processes of their own; side by side they would only wait for each other.
[assembly: Parallelization(Mode = ParallelMode.None)]
