using System.Reflection;
using System.Text;

namespace Pipe.Mime.Tests;

public class PublicApiTests
{
    private const string Approved = "PublicApi.txt";

    [Fact]
    public void The_public_API_is_the_approved_one()
    {
        string actual = Describe(typeof(MimeMessage).Assembly);
        string file = Path.Combine(AppContext.BaseDirectory, Approved);
        // How to approve a change: take over the file that a failure leaves behind.
        if (!File.Exists(file) || File.ReadAllText(file).ReplaceLineEndings("\n") != actual)
        {
            File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "PublicApi.actual.txt"), actual);
            Assert.Fail("The public API differs from " + Approved + "; see PublicApi.actual.txt beside it.");
        }
    }

    private static string Describe(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(static t => t.FullName, StringComparer.Ordinal))
        {
            _ = text.Append(type.FullName).Append(" : ").Append(type.BaseType?.Name ?? "").Append('\n');
            var members = type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .Where(IsVisible)
                .Select(static m => m.MemberType + " " + m)
                .Order(StringComparer.Ordinal);
            foreach (string member in members)
                _ = text.Append("    ").Append(member).Append('\n');
        }

        return text.ToString();
    }

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method => method.IsPublic || method.IsFamily,
        FieldInfo field => field.IsPublic,
        PropertyInfo property => property.GetAccessors().Length > 0,
        EventInfo e => e.AddMethod?.IsPublic == true,
        _ => false,
    };
}
