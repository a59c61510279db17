using System.Collections;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Pipe.MySql;

/// <summary>The parameters of a command.</summary>
[SuppressMessage("Design", "CA1010", Justification = "ADO.NET's collection of parameters is an untyped list.")]
public sealed class MySqlParameterCollection : DbParameterCollection, IEnumerable<MySqlParameter>
{
    private readonly List<MySqlParameter> _parameters = [];

    internal MySqlParameterCollection()
    {
    }

    /// <inheritdoc/>
    public override int Count => _parameters.Count;

    /// <inheritdoc/>
    public override object SyncRoot => ((ICollection)_parameters).SyncRoot;

    /// <summary>The parameter at a position.</summary>
    public new MySqlParameter this[int index]
    {
        get => _parameters[index];
        set => _parameters[index] = value;
    }

    /// <summary>The parameter of a name.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public new MySqlParameter this[string name]
    {
        get => _parameters[IndexOfExisting(name)];
        set => _parameters[IndexOfExisting(name)] = value;
    }

    /// <summary>Adds a parameter and returns it.</summary>
    public MySqlParameter Add(MySqlParameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        if (parameter.Key.Length > 0 && Find(parameter.Key) >= 0)
            throw new ArgumentException($"There is already a parameter '{parameter.ParameterName}'.", nameof(parameter));
        _parameters.Add(parameter);
        return parameter;
    }

    /// <summary>Adds a parameter without a value and returns it.</summary>
    public MySqlParameter Add(string parameterName, MySqlDbType mySqlDbType) => Add(new MySqlParameter(parameterName, mySqlDbType));

    /// <summary>Adds a parameter and returns it.</summary>
    public MySqlParameter AddWithValue(string parameterName, object? value) => Add(new MySqlParameter(parameterName, value));

    /// <inheritdoc/>
    public override int Add(object value)
    {
        Add(Cast(value));
        return _parameters.Count - 1;
    }

    /// <inheritdoc/>
    public override void AddRange(Array values)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (var value in values)
            Add(Cast(value));
    }

    /// <inheritdoc/>
    public override void Clear() => _parameters.Clear();

    /// <inheritdoc/>
    public override bool Contains(object value) => value is MySqlParameter parameter && _parameters.Contains(parameter);

    /// <inheritdoc/>
    public override bool Contains(string value) => IndexOf(value) >= 0;

    /// <inheritdoc/>
    public override void CopyTo(Array array, int index) => ((ICollection)_parameters).CopyTo(array, index);

    /// <inheritdoc/>
    public override IEnumerator GetEnumerator() => _parameters.GetEnumerator();

    IEnumerator<MySqlParameter> IEnumerable<MySqlParameter>.GetEnumerator() => _parameters.GetEnumerator();

    /// <inheritdoc/>
    public override int IndexOf(object value) => value is MySqlParameter parameter ? _parameters.IndexOf(parameter) : -1;

    /// <inheritdoc/>
    public override int IndexOf(string parameterName) => Find(MySqlParameter.KeyOf(parameterName));

    /// <inheritdoc/>
    public override void Insert(int index, object value) => _parameters.Insert(index, Cast(value));

    /// <inheritdoc/>
    public override void Remove(object value) => _parameters.Remove(Cast(value));

    /// <inheritdoc/>
    public override void RemoveAt(int index) => _parameters.RemoveAt(index);

    /// <inheritdoc/>
    public override void RemoveAt(string parameterName) => _parameters.RemoveAt(IndexOfExisting(parameterName));

    /// <summary>Position of the parameter with a name without its mark, or -1.</summary>
    internal int Find(ReadOnlySpan<char> key)
    {
        for (var i = 0; i < _parameters.Count; i++)
        {
            if (key.Equals(_parameters[i].Key, StringComparison.OrdinalIgnoreCase))
                return i;
        }
        return -1;
    }

    /// <inheritdoc/>
    protected override DbParameter GetParameter(int index) => _parameters[index];

    /// <inheritdoc/>
    protected override DbParameter GetParameter(string parameterName) => this[parameterName];

    /// <inheritdoc/>
    protected override void SetParameter(int index, DbParameter value) => _parameters[index] = Cast(value);

    /// <inheritdoc/>
    protected override void SetParameter(string parameterName, DbParameter value) => this[parameterName] = Cast(value);

    private static MySqlParameter Cast(object? value) =>
        value as MySqlParameter ?? throw new InvalidCastException("Only a MySqlParameter can be in this collection.");

    private int IndexOfExisting(string name) =>
        IndexOf(name) is >= 0 and var index ? index : throw new ArgumentException($"There is no parameter '{name}'.", nameof(name));
}
